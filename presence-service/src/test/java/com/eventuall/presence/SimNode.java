package com.eventuall.presence;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A node with one room: its clients, its way to the store, and what can happen to it. */
final class SimNode implements Audience, Node, RoomStore {
    static final RoomKey ROOM = new RoomKey("e1", "main");

    private final SimWorld world;
    private final String label;
    private final LiveRoom room;
    private final Map<String, SimClient> clients = new LinkedHashMap<>();
    private final List<Runnable> frozen = new ArrayList<>();
    private int incarnation;
    private long batches;
    boolean dead;
    boolean paused;

    SimNode(SimWorld world, String label, RoomSettings settings) {
        this.world = world;
        this.label = label;
        this.room = new LiveRoom(ROOM, this, this, this::after, world.time, settings, this);
        room.start();
        world.time.every(250, () -> here(room::tick));
        world.time.every(2000, () -> here(room::verify));
    }

    /** Runs on this node: never if it is dead, later if it is paused. */
    private void here(Runnable task) {
        if (dead) {
            return;
        }
        if (paused) {
            frozen.add(task);
        } else {
            task.run();
        }
    }

    private void after(long millis, Runnable task) {
        world.time.after(millis, () -> here(task));
    }

    @Override
    public String toString() {
        return id() + (dead ? " dead " : "") + (paused ? " paused " : " ") + room;
    }

    void thaw() {
        paused = false;
        List<Runnable> tasks = List.copyOf(frozen);
        frozen.clear();
        tasks.forEach(this::here);
    }

    Collection<SimClient> clients() {
        return clients.values();
    }

    void join(SimClient client, Joiner.Resume resume) {
        clients.put(client.connectionId, client);
        here(() -> room.join(new Joiner(
                client.connectionId,
                client.userId,
                "Name of " + client.userId,
                Role.PARTICIPANT,
                Status.ONLINE,
                false,
                resume)));
    }

    void beat(SimClient client, Status status) {
        here(() -> room.heartbeat(client.connectionId, status));
    }

    void leave(SimClient client, Duration grace) {
        clients.remove(client.connectionId);
        client.closed = true;
        here(() -> room.closed(client.connectionId, grace));
    }

    void resync(SimClient client) {
        here(() -> room.resync(client.connectionId));
    }

    void wake(SimClient client) {
        client.stalled = false;
        here(() -> room.catchUp(client.connectionId, client.version));
    }

    void hear(Step step) {
        here(() -> room.heard(step));
    }

    void evicted(List<String> connectionIds) {
        here(() -> connectionIds.forEach(room::evict));
    }

    // What the room says to its clients: at once, in order.

    @Override
    public void broadcast(View view, Update update) {
        for (SimClient client : clients.values()) {
            boolean inStep = update instanceof Update.Snapshot
                    || (update instanceof Update.Patch patch && patch.from() == client.version);
            if (client.view == view && !client.stalled && inStep) {
                client.receive(update);
            }
        }
    }

    @Override
    public void admit(String connectionId, View view, Update update) {
        SimClient client = clients.get(connectionId);
        if (client == null) {
            return;
        }
        boolean first = client.view == null;
        client.view = view;
        if (update instanceof Update.Patch patch && !first && patch.from() != client.version) {
            return;
        }
        if (client.stalled) {
            client.version = -1;
        } else {
            client.receive(update);
        }
    }

    @Override
    public void admitAt(String connectionId, View view, long version) {
        SimClient client = clients.get(connectionId);
        if (client != null && (client.view == null || client.version == version)) {
            client.view = view;
        }
    }

    @Override
    public void close(String connectionId, CloseCode code) {
        SimClient client = clients.remove(connectionId);
        if (client != null) {
            client.closed = true;
            here(() -> room.closed(connectionId, Duration.ofSeconds(2)));
        }
    }

    // The way to the store: takes time, and fails in either direction.

    /** An answer whose reader's mistakes do not go unseen. */
    private final class Answer<T> extends CompletableFuture<T> {
        @Override
        public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
            return super.whenComplete((value, failure) -> {
                try {
                    action.accept(value, failure);
                } catch (RuntimeException | Error bug) {
                    world.bugs.add(bug);
                    throw bug;
                }
            });
        }
    }

    private <T> CompletionStage<T> call(Supplier<T> work) {
        CompletableFuture<T> answer = new Answer<>();
        world.travel(() -> {
            if (world.storeDown || world.chance(world.lostCalls)) {
                after(50, () -> answer.completeExceptionally(new StoreUnavailableException()));
                return;
            }
            T result = work.get();
            if (world.chance(world.lostCalls)) {
                after(50, () -> answer.completeExceptionally(new StoreUnavailableException()));
            } else {
                world.travel(() -> here(() -> answer.complete(result)));
            }
        });
        return answer;
    }

    @Override
    public CompletionStage<ApplyReply> apply(RoomKey key, Batch batch) {
        return call(() -> world.apply(batch));
    }

    @Override
    public CompletionStage<StoredRoom> open(RoomKey key, String freshEpoch) {
        return call(() -> world.ledger.open(freshEpoch));
    }

    @Override
    public CompletionStage<List<Step>> since(RoomKey key, long version) {
        return call(() -> world.ledger.since(version));
    }

    @Override
    public CompletionStage<Map<RoomKey, Standing>> standings(Collection<RoomKey> rooms, String node) {
        return call(() -> Map.of(ROOM, world.ledger.standing(node)));
    }

    @Override
    public String id() {
        return label + "." + incarnation;
    }

    @Override
    public long nextBatch() {
        return ++batches;
    }

    @Override
    public String freshEpoch() {
        return world.freshEpoch();
    }

    @Override
    public void fenced(String id) {
        if (id.equals(id())) {
            incarnation++;
            room.announceAll();
        }
    }

    @Override
    public void recovered(RoomKey key) {
        after(4000, world::tidy);
    }

    @Override
    public void onRenamed(Runnable announce) {}

    @Override
    public boolean storeAnswers() {
        return !world.storeDown;
    }
}
