package com.eventuall.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Some nodes, a store, a bus, people who come and go, and everything that goes wrong; all from one seed. */
final class SimWorld {
    static final RoomSettings SETTINGS =
            new RoomSettings(Duration.ofSeconds(9), Duration.ofSeconds(2), 64, 1000, 24, Duration.ofMillis(25), 10.5);
    private static final long REMOVE_AFTER = 20_000;
    private static final int PEOPLE = 12;

    final SimTime time = new SimTime();
    final List<Throwable> bugs = new ArrayList<>();
    final List<SimNode> nodes = new ArrayList<>();
    private final Random random;
    private final List<SimClient> everybody = new ArrayList<>();
    private @Nullable RoomLedger backup;
    private final Map<String, Long> deadSince = new HashMap<>();
    private int named;
    private long sequence;
    RoomLedger ledger = new RoomLedger(time, 3, REMOVE_AFTER);
    boolean storeDown;
    double lostCalls;
    double lostMessages;

    SimWorld(long seed, int size) {
        random = new Random(seed);
        for (int i = 0; i < size; i++) {
            addNode();
        }
        time.every(200, this::sweep);
        time.every(500, this::reapDead);
    }

    private void addNode() {
        nodes.add(new SimNode(this, "n" + named++, SETTINGS));
    }

    String freshEpoch() {
        return String.format("E%06d", named++);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    void travel(Runnable arrival) {
        time.after(random.nextInt(4), arrival);
    }

    /** The store's atomic step, and what it tells all nodes. */
    ApplyReply apply(Batch batch) {
        ApplyReply reply = ledger.apply(batch);
        Step step = reply.step();
        for (SimNode node : nodes) {
            if (step != null && !chance(lostMessages)) {
                time.after(random.nextInt(30), () -> node.hear(step));
            }
            if (!reply.evicted().isEmpty() && !chance(lostMessages)) {
                time.after(random.nextInt(30), () -> node.evicted(reply.evicted()));
            }
        }
        return reply;
    }

    private void apply(List<RoomOp> ops) {
        if (!ops.isEmpty()) {
            apply(Batch.anonymous(freshEpoch(), ops));
        }
    }

    private void sweep() {
        if (!storeDown) {
            apply(ledger.due().stream().<RoomOp>map(RoomOp.Expire::new).toList());
        }
    }

    /** Leases lie in the same store: one that comes back with old data has the dead among the living again, until they expire. */
    private void reapDead() {
        deadSince.forEach((node, since) -> {
            if (time.millis() - since >= 3000 && !ledger.socketsOf(node).isEmpty()) {
                reap(node);
            }
        });
    }

    private void reap(String node) {
        if (storeDown) {
            time.after(500, () -> reap(node));
            return;
        }
        ledger.fence(node);
        List<RoomOp> ops = new ArrayList<>();
        ledger.socketsOf(node).forEach((id, user) -> ops.add(new RoomOp.Gone(id, user, node, Duration.ofSeconds(2))));
        apply(ops);
    }

    /** Takes away the sockets of nodes that are gone. */
    void tidy() {
        if (storeDown) {
            time.after(500, this::tidy);
            return;
        }
        List<String> live = nodes.stream().map(SimNode::id).toList();
        apply(ledger.strangers(live));
    }

    /** One random thing happens, and a little time passes. */
    void step() {
        int dice = random.nextInt(1000);
        if (dice < 300) {
            join();
        } else if (dice < 500) {
            withClient((node, client) -> node.leave(client, grace()));
        } else if (dice < 650) {
            withClient((node, client) -> node.beat(client, chance(0.3) ? Status.AWAY : Status.ONLINE));
        } else if (dice < 800) {
            fact();
        } else if (dice < 900) {
            withClient((node, client) -> stall(node, client));
        } else if (dice < 920) {
            withClient(SimNode::resync);
        } else {
            trouble(random.nextInt(80));
        }
        time.run(random.nextInt(40));
    }

    private Duration grace() {
        return chance(0.5) ? Duration.ZERO : Duration.ofSeconds(2);
    }

    private void join() {
        SimNode node = nodes.get(random.nextInt(nodes.size()));
        SimClient client = new SimClient("c" + named++, "u" + random.nextInt(PEOPLE));
        if (node.paused || node.clients().size() > 20) {
            return;
        }
        Joiner.Resume resume = null;
        if (!everybody.isEmpty() && chance(0.4)) {
            SimClient earlier = everybody.get(random.nextInt(everybody.size()));
            if (earlier.view != null && earlier.version >= 0) {
                client.state.merge(earlier.state.asDelta());
                client.epoch = earlier.epoch;
                client.version = earlier.version;
                resume = new Joiner.Resume(earlier.epoch, earlier.version);
            }
        }
        everybody.add(client);
        node.join(client, resume);
    }

    private interface ClientAction {
        void act(SimNode node, SimClient client);
    }

    private void withClient(ClientAction action) {
        SimNode node = nodes.get(random.nextInt(nodes.size()));
        List<SimClient> clients = List.copyOf(node.clients());
        if (!clients.isEmpty()) {
            action.act(node, clients.get(random.nextInt(clients.size())));
        }
    }

    private void stall(SimNode node, SimClient client) {
        if (!client.stalled) {
            client.stalled = true;
            time.after(random.nextInt(3000), () -> {
                if (!client.closed) {
                    node.wake(client);
                }
            });
        }
    }

    private void fact() {
        if (storeDown) {
            return;
        }
        String user = "u" + random.nextInt(PEOPLE);
        String track = "TR_" + random.nextInt(5);
        long next = ++sequence;
        // Events come twice, late and out of order.
        long heard = chance(0.3) ? Math.max(1, next - random.nextInt(5)) : next;
        apply(List.of(
                switch (random.nextInt(6)) {
                    case 0 -> new RoomOp.SetPin(track, user, "mod");
                    case 1 -> new RoomOp.RemovePin(track);
                    case 2 -> new RoomOp.EnterStage(user, new Stay("s" + heard, heard), heard);
                    case 3 -> new RoomOp.ExitStage(user, heard);
                    case 4 -> new RoomOp.SetQueue(new QueueLists(heard, List.of(user), List.of()), heard);
                    default -> new RoomOp.RemovePinsOf(user, time.millis());
                }));
    }

    private void trouble(int dice) {
        if (dice < 4) {
            kill(nodes.get(random.nextInt(nodes.size())));
        } else if (dice < 8) {
            pause(nodes.get(random.nextInt(nodes.size())));
        } else if (dice < 12) {
            outage();
        } else if (dice < 14) {
            ledger = new RoomLedger(time, 3, REMOVE_AFTER);
        } else if (dice < 20) {
            backup = ledger.copy();
        } else if (dice < 23 && backup != null) {
            // What a store with an append-only file does that had not written its last second.
            ledger = backup.copy();
        } else if (dice < 40) {
            lostMessages = chance(0.5) ? 0 : 0.3;
            lostCalls = chance(0.5) ? 0 : 0.05;
        }
    }

    private void kill(SimNode node) {
        node.dead = true;
        node.clients().forEach(client -> client.closed = true);
        nodes.remove(node);
        addNode();
        deadSince.put(node.id(), time.millis());
    }

    private void pause(SimNode node) {
        node.paused = true;
        String name = node.id();
        if (chance(0.5)) {
            time.after(3000, () -> reap(name));
        }
        time.after(5000, node::thaw);
    }

    private void outage() {
        storeDown = true;
        time.after(random.nextInt(6000), () -> storeDown = false);
    }

    /** Ends all trouble and gives everything time to settle. */
    void settle() {
        storeDown = false;
        lostCalls = 0;
        lostMessages = 0;
        time.run(15_000);
    }

    List<SimClient> open() {
        return nodes.stream().flatMap(node -> node.clients().stream()).toList();
    }

    List<SimClient> everybody() {
        return everybody;
    }

    /** Who has an open socket somewhere. */
    TreeSet<String> present() {
        TreeSet<String> present = new TreeSet<>();
        open().forEach(client -> present.add(client.userId));
        return present;
    }
}
