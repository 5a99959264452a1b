package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.yjs.Doc;
import com.eventuall.yjs.StateVector;
import com.eventuall.yjs.protocol.AwarenessEntry;
import com.eventuall.yjs.protocol.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Frames of another room, most of them mutated, from participants' and moderators' sockets into the room of two honest
 * moderators: whatever comes,
 * honest sockets stay open, their edits arrive, all documents stay equal, and participants change nothing.
 */
class HostileFramesTest {

    private static final int FRAMES = Integer.getInteger("queue.fuzz", 50_000);
    private static final int FRAMES_PER_ROOM = 500;

    /** Of no hostile frame: who writes in another's name changes what that one may still say, as in every Yjs document. */
    private static final long HONEST_CLIENTS = (1L << 52) + 0x5a5a5a5a5aL;

    private final long seed =
            Long.getLong("queue.seed", ThreadLocalRandom.current().nextLong(1L << 40));
    private final Random random = new Random(seed);
    private final List<byte[]> honestFrames = recordFrames();
    private int closed;
    private int stored;

    @Test
    void whateverComesHarmsNobodyElse() {
        System.out.printf("HostileFramesTest: repeat with -Dqueue.seed=%d%n", seed);
        for (int frames = 0; frames < FRAMES; frames += FRAMES_PER_ROOM) {
            attackOneRoom();
        }
        System.out.printf("%d hostile frames, %d closed their socket, %d were stored%n", FRAMES, closed, stored);
        assertThat(closed).isPositive();
        assertThat(stored).as("some of them are well formed").isPositive();
    }

    private void attackOneRoom() {
        Simulation simulation = new Simulation(random.nextLong());
        InMemoryRoomStore store = new InMemoryRoomStore(simulation, 0);
        Simulation.Loop loop = simulation.new Loop();
        Room room = new Room(
                Schedule.ROOM,
                store,
                loop,
                QueueSettings.DEFAULTS,
                "pod",
                (state, who) -> state,
                QueueMeter.NONE,
                idle -> {});
        store.follow(room);
        loop.execute(room::start);
        simulation.pass(100);
        SimulatedBrowser one = honest(simulation, room, loop, 1);
        SimulatedBrowser two = honest(simulation, room, loop, 2);
        one.queue.request("a", "Ann", 1, "ticket");
        simulation.pass(500);

        attack(simulation, room, loop, false);
        StateVector vector = room.document().doc().stateVector();
        assertThat(vector).as("participants change nothing, seed %d", seed).isEqualTo(one.doc.stateVector());
        assertThat(vector.clocks()).hasSize(2);
        attack(simulation, room, loop, true);
        stored += room.document().doc().stateVector().clocks().size() - 2;

        one.queue.moveTo(Place.LIVE, "a");
        two.queue.request("b", "Bob", 2, "other");
        simulation.pass(20_000);
        for (SimulatedBrowser browser : List.of(one, two)) {
            assertThat(browser.closed).as("seed %d", seed).isNull();
            assertThat(browser.queue.view())
                    .as("seed %d", seed)
                    .isEqualTo(room.document().view());
            assertThat(browser.doc.stateVector())
                    .isEqualTo(room.document().doc().stateVector());
        }
        QueueView view = room.document().view();
        assertThat(view.live()).extracting(QueueEntry::userId).contains("a");
        assertThat(view.pending()).extracting(QueueEntry::userId).contains("b");
        assertThat(store.published().live()).extracting(Stay::userId).contains("a");
    }

    private void attack(Simulation simulation, Room room, Simulation.Loop loop, boolean moderator) {
        TestSocket socket = hostile(room, loop, moderator);
        for (int i = 0; i < FRAMES_PER_ROOM / 2; i++) {
            byte[] frame = mutate(honestFrames.get(random.nextInt(honestFrames.size())));
            TestSocket current = socket;
            loop.execute(() -> room.receive(current, frame));
            simulation.pass(2);
            if (current.closed != null) {
                closed++;
                loop.execute(() -> room.close(current));
                socket = hostile(room, loop, moderator);
            }
        }
        TestSocket last = socket;
        loop.execute(() -> room.close(last));
        simulation.pass(5_000);
    }

    private static TestSocket hostile(Room room, Simulation.Loop loop, boolean moderator) {
        TestSocket socket = new TestSocket("hostile", moderator);
        loop.execute(() -> room.open(socket));
        return socket;
    }

    private SimulatedBrowser honest(Simulation simulation, Room room, Simulation.Loop loop, int number) {
        Doc doc = new Doc(() -> HONEST_CLIENTS + number);
        SimulatedBrowser browser = new SimulatedBrowser(simulation, "honest" + number, true, doc);
        browser.connect(room, loop);
        simulation.pass(300);
        return browser;
    }

    /** What sockets of another room sent: all kinds of frames, the updates of a queue, a text and an array. */
    private List<byte[]> recordFrames() {
        List<byte[]> frames = new ArrayList<>();
        Doc doc = new Doc(() -> 1 + random.nextInt(1 << 20));
        doc.onUpdate(update -> frames.add(new Message.Update(update).encode()));
        QueueDocument queue = new QueueDocument(doc);
        for (int i = 0; i < 20; i++) {
            String user = "u" + i % 5;
            queue.request(user, "Name " + i, i, "t" + i);
            queue.moveTo(i % 3 == 0 ? Place.PENDING : Place.LIVE, user);
            queue.moveToIndex(user, 0);
            if (i % 4 == 0) {
                queue.remove(user);
            }
            doc.getText("notes").insert(0, "é😀" + i);
            doc.getArray("list").insert(0, i, "two", List.of(Map.of("k", 1.5)));
        }
        frames.add(new Message.SyncStep1(doc.stateVector()).encode());
        frames.add(new Message.SyncStep2(doc.encodeStateAsUpdate()).encode());
        frames.add(new Message.QueryAwareness().encode());
        frames.add(new Message.Awareness(List.of(new AwarenessEntry(7, 3, "{\"user\":{\"name\":\"x\"}}"))).encode());
        frames.add(new Message.PermissionDenied("no").encode());
        return frames;
    }

    private byte[] mutate(byte[] frame) {
        byte[] mutated = frame.clone();
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated[at] = (byte) random.nextInt(256);
                case 2 -> mutated = Arrays.copyOf(mutated, at + 1);
                case 3 ->
                    mutated = splice(
                            mutated, at, Arrays.copyOfRange(mutated, at, at + random.nextInt(mutated.length - at)));
                default -> mutated = splice(mutated, at, new byte[] {-1, -1, -1, -1, -1, -1, -1, 15});
            }
        }
        return mutated;
    }

    private static byte[] splice(byte[] bytes, int at, byte[] inserted) {
        byte[] spliced = Arrays.copyOf(bytes, bytes.length + inserted.length);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, at, spliced, at + inserted.length, bytes.length - at);
        return spliced;
    }
}
