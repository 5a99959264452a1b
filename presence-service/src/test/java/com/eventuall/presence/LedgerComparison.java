package com.eventuall.presence;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends the same random batches to a store and to a {@link RoomLedger} and notes where they differ, times apart. */
public final class LedgerComparison {
    private static final int SOCKETS_PER_PERSON = 5;
    private static final long NEVER = Duration.ofDays(1).toMillis();

    private final RoomStore store;
    private final RoomKey room;
    private final Random random;
    private final SimTime time = new SimTime();
    private final RoomLedger ledger = new RoomLedger(time, SOCKETS_PER_PERSON, NEVER);
    private final List<String> differences = new ArrayList<>();
    private RoomState followed = new RoomState();
    private Standing known = Standing.NONE;
    private Standing knownToLedger = Standing.NONE;
    private long number;

    public LedgerComparison(RoomStore store, RoomKey room, long seed) {
        this.store = store;
        this.room = room;
        this.random = new Random(seed);
    }

    public List<String> differences() {
        return differences;
    }

    /** One batch. */
    public void step() {
        List<RoomOp> ops = new ArrayList<>();
        time.run(1);
        // What takes something away ends a batch: put back in the same millisecond it would be no change, or one, by
        // chance.
        do {
            ops.add(op());
        } while (random.nextInt(3) > 0 && !takesAway(ops.get(ops.size() - 1)));
        boolean anonymous = ops.stream().noneMatch(LedgerComparison::needsNode) && random.nextBoolean();
        // Now and then a batch that comes too late.
        long next = random.nextInt(20) == 0 ? Math.max(1, number - 3) : ++number;
        ApplyReply reply = apply(batch(anonymous, next, known, ops));
        ApplyReply expected = ledger.apply(batch(anonymous, next, knownToLedger, ops));
        String step = "batch " + next + " " + ops + ": ";
        compare(step + "outcome", expected.outcome(), reply.outcome());
        compare(step + "version", expected.head().version(), reply.head().version());
        compare(step + "evicted", expected.evicted(), reply.evicted());
        compare(step + "changed", expected.step() == null, reply.step() == null);
        if (reply.outcome() == ApplyReply.Outcome.OK) {
            long acknowledged = anonymous ? known.batch() : next;
            known = new Standing(reply.head(), acknowledged);
            knownToLedger = new Standing(expected.head(), acknowledged);
        }
        Step made = reply.step();
        if (made != null) {
            followed.merge(made.delta());
        }
        StoredRoom stored = store.open(room, "").toCompletableFuture().join();
        compare(step + "state", describe(ledger.state()), describe(stored.state()));
        compare(step + "sequences", ledger.state().sequences(), stored.state().sequences());
        compare(step + "followed", describe(followed), describe(stored.state()));
    }

    private ApplyReply apply(Batch batch) {
        return store.apply(room, batch).toCompletableFuture().join();
    }

    private static Batch batch(boolean anonymous, long number, Standing known, List<RoomOp> ops) {
        return anonymous ? Batch.anonymous("E1", ops) : new Batch("node", number, known, "E1", false, ops);
    }

    private static boolean takesAway(RoomOp op) {
        return op instanceof RoomOp.Gone
                || op instanceof RoomOp.RemovePin
                || op instanceof RoomOp.RemovePinsOf
                || op instanceof RoomOp.Expire;
    }

    private static boolean needsNode(RoomOp op) {
        return op instanceof RoomOp.Here
                || (op instanceof RoomOp.Gone gone && gone.node().isEmpty());
    }

    private void compare(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual) && differences.size() < 5) {
            differences.add(what + ": expected " + expected + " but was " + actual);
        }
    }

    private RoomOp op() {
        String user = "u" + random.nextInt(4);
        String connection = user + "c" + random.nextInt(7);
        long sequence = random.nextInt(40);
        String track = "TR_" + random.nextInt(3);
        return switch (random.nextInt(15)) {
            case 0, 1, 2 ->
                new RoomOp.Here(
                        connection,
                        user,
                        "\"\\,\"role\":\"ünï " + random.nextInt(2),
                        random.nextBoolean() ? Role.PARTICIPANT : Role.MODERATOR,
                        random.nextBoolean() ? Status.ONLINE : Status.AWAY,
                        1_795_377_520_000L + connection.hashCode());
            case 3, 4 -> new RoomOp.Gone(connection, user, random.nextBoolean() ? "" : "node", Duration.ZERO);
            case 5 -> new RoomOp.Gone(connection, user, "", Duration.ofHours(1));
            case 6 -> new RoomOp.Expire(user);
            case 7 -> new RoomOp.SetPin(track, user, "mod");
            case 8 -> new RoomOp.RemovePin(track);
            case 9 -> new RoomOp.RemovePinsOf(user, random.nextBoolean() ? 0 : Long.MAX_VALUE / 2048);
            case 10 -> new RoomOp.EnterStage(user, new Stay("s\"" + sequence, sequence), sequence);
            case 11 -> new RoomOp.ExitStage(user, sequence);
            case 12 -> new RoomOp.SetQueue(new QueueLists(sequence, List.of(user), List.of()), sequence);
            case 13 ->
                new RoomOp.SetRecording(
                        new Recording("r" + random.nextInt(3), "recording", null, null, "why " + sequence), sequence);
            default -> new RoomOp.SetChat("CH" + sequence, sequence);
        };
    }

    /** All of a state but the times, which the store takes from its own clock. */
    private static String describe(RoomState state) {
        Map<String, String> people = new TreeMap<>();
        state.people().forEach((id, p) -> people.put(id, p.name() + p.role() + p.status()));
        Map<String, String> pins = new TreeMap<>();
        state.pins().forEach((id, pin) -> pins.put(id, pin.userId() + pin.by()));
        return people + " " + new TreeMap<>(state.stage()) + " " + pins + " " + state.facts() + " " + state.counts();
    }
}
