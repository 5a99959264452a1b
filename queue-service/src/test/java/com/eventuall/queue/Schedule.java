package com.eventuall.queue;

import com.eventuall.contracts.RoomKey;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.Id;
import com.eventuall.yjs.StateVector;
import com.eventuall.yjs.YMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One random evening in one room: two replicas that may be killed, three moderators on slow lines that break, a participant
 * who tries to edit, and REST calls. Notes what each edit had seen, so that the outcome can be judged.
 */
final class Schedule {

    static final RoomKey ROOM = new RoomKey("e1", "main");
    private static final int USERS = 4;
    private static final int STEPS = 40;

    /** A request made an entry. {@code seen} are the removals of that person that its author knew. */
    record Request(String userId, Id entry, List<Removal> seen) {}

    /** An entry was deleted by somebody who had seen everything up to the vector. */
    record Removal(String userId, Id entry, StateVector known, boolean[] certain) {}

    /** An entry was put on a list. */
    record Move(String userId, Id entry, Id listItem, Place place, StateVector known) {}

    /** A process with the room in memory. */
    final class Pod {
        final Simulation.Loop loop = simulation.new Loop();
        final Room room;

        Pod(int number) {
            room = new Room(
                    ROOM,
                    store,
                    loop,
                    QueueSettings.DEFAULTS,
                    "pod" + number,
                    (state, subscriber) -> state,
                    QueueMeter.NONE,
                    idle -> {});
            store.follow(room);
            loop.execute(room::start);
        }
    }

    final Simulation simulation;
    final InMemoryRoomStore store;
    final List<Pod> pods = new ArrayList<>();
    final List<SimulatedBrowser> moderators = new ArrayList<>();
    final SimulatedBrowser participant;
    final List<Request> requests = new ArrayList<>();
    final List<Removal> removals = new ArrayList<>();
    final List<Move> moves = new ArrayList<>();
    private int podNumbers;
    private int tickets;

    Schedule(long seed, double failures) {
        simulation = new Simulation(seed);
        store = new InMemoryRoomStore(simulation, failures);
        for (int i = 0; i < 2; i++) {
            pods.add(new Pod(podNumbers++));
        }
        for (int i = 0; i < 3; i++) {
            SimulatedBrowser moderator = new SimulatedBrowser(simulation, "m" + i, true);
            moderators.add(moderator);
            connect(moderator);
        }
        participant = new SimulatedBrowser(simulation, "p", false);
        connect(participant);
        moderators.get(0).doc.getText("notes").insert(0, "something that nobody here knows 😀");
        for (int i = 0; i < 3; i++) {
            String user = "u" + i;
            rest((document, certain) -> request(document, user));
        }
        simulation.pass(100 + simulation.random.nextInt(200));
    }

    private void connect(SimulatedBrowser browser) {
        Pod pod = pods.get(simulation.random.nextInt(pods.size()));
        browser.connect(pod.room, pod.loop);
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            step();
            simulation.pass(simulation.random.nextInt(120));
        }
        settle();
    }

    private void step() {
        int what = simulation.random.nextInt(20);
        String user = "u" + simulation.random.nextInt(USERS);
        if (what < 5) {
            rest((document, certain) -> request(document, user));
        } else if (what < 7) {
            rest((document, certain) -> edit(document, user, certain));
        } else if (what < 16) {
            SimulatedBrowser moderator = moderators.get(simulation.random.nextInt(moderators.size()));
            edit(moderator.queue, user, new boolean[] {true});
        } else if (what < 17) {
            edit(participant.queue, user, new boolean[1], false);
        } else if (what < 19) {
            reconnect(moderators.get(simulation.random.nextInt(moderators.size())));
        } else {
            kill(simulation.random.nextInt(pods.size()));
        }
    }

    private interface RestCall {
        void on(QueueDocument document, boolean[] certain);
    }

    private void rest(RestCall call) {
        Pod pod = pods.get(simulation.random.nextInt(pods.size()));
        boolean[] certain = new boolean[1];
        pod.loop.execute(() -> pod.room
                .edit(
                        document -> {
                            call.on(document, certain);
                            return true;
                        },
                        Map.of())
                .whenComplete((done, failure) -> certain[0] = failure == null));
    }

    private void request(QueueDocument document, String user) {
        List<Removal> seen = removals.stream()
                .filter(removal -> removal.userId.equals(user) && hasSeen(document, removal))
                .toList();
        if (document.request(user, user, 1, "ticket" + tickets++)) {
            requests.add(new Request(user, Objects.requireNonNull(entryId(document, user)), seen));
        }
    }

    private static boolean hasSeen(QueueDocument document, Removal removal) {
        return knows(document.doc().stateVector(), removal.entry)
                && !removal.entry.equals(entryId(document, removal.userId));
    }

    private void edit(QueueDocument document, String user, boolean[] certain) {
        edit(document, user, certain, true);
    }

    private void edit(QueueDocument document, String user, boolean[] certain, boolean counts) {
        Id entry = entryId(document, user);
        if (entry == null) {
            return;
        }
        StateVector known = document.doc().stateVector();
        int what = simulation.random.nextInt(10);
        if (what < 5) {
            Place place = what < 3 ? Place.LIVE : Place.PENDING;
            if (document.moveTo(place, user) && counts) {
                moves.add(new Move(user, entry, Objects.requireNonNull(listId(document.doc(), user)), place, known));
            }
        } else if (what < 8) {
            document.moveToIndex(user, simulation.random.nextInt(USERS));
        } else {
            document.remove(user);
            if (counts) {
                removals.add(new Removal(user, entry, known, certain));
            }
        }
    }

    private void reconnect(SimulatedBrowser browser) {
        if (browser.isConnected()) {
            browser.disconnect(simulation.random.nextBoolean());
        } else {
            connect(browser);
        }
    }

    private void kill(int index) {
        Pod pod = pods.get(index);
        pod.loop.kill();
        store.forget(pod.room);
        allBrowsers(browser -> browser.leave(pod.room));
        pods.set(index, new Pod(podNumbers++));
    }

    private void allBrowsers(Consumer<SimulatedBrowser> task) {
        moderators.forEach(task);
        task.accept(participant);
    }

    /** Everybody connects, and everything arrives. */
    void settle() {
        store.heal();
        allBrowsers(browser -> {
            if (!browser.isConnected()) {
                connect(browser);
            }
        });
        simulation.pass(15_000);
    }

    static boolean knows(StateVector vector, Id id) {
        return id.clock() < vector.clock(id.client());
    }

    static @Nullable Id entryId(QueueDocument document, String user) {
        return document.doc().getMap("queue").id(user);
    }

    static @Nullable Id listId(Doc doc, String user) {
        YMap entry = doc.getMap("queue").getMap(user);
        return entry == null ? null : entry.id("list");
    }
}
