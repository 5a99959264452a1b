package com.eventuall.yjs;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.yjs.lib0.YjsFormatException;
import com.eventuall.yjs.protocol.Message;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Hostile input: real updates with bytes flipped, cut, repeated and spliced. Whatever comes, there is no exception but
 * the one for malformed input, no allocation that the input's size does not explain, and what the document holds
 * afterwards is still a document, or the same ruin that real yjs makes of it.
 */
class FuzzTest {

    /** Objects that one byte of input may become, and the fixed cost of a decoder. */
    private static final int ALLOCATION_PER_BYTE = 200;

    private static final int ALLOCATION_FIXED = 16_384;

    private static final int UPDATES_PER_DOCUMENT = 20;

    private final List<Vector> vectors = Vector.golden();

    FuzzTest() throws IOException {}

    @Test
    void mutatedUpdatesAreRefusedOrApplied() {
        int rounds = Integer.getInteger("yjs.fuzz", 100_000);
        int seed = Seeds.of("FuzzTest.mutatedUpdatesAreRefusedOrApplied");
        Random random = new Random(seed);
        int applied = 0;
        Doc doc = new Doc(() -> 1);
        List<byte[]> updates = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (round % UPDATES_PER_DOCUMENT == 0) {
                checkConsistent(doc, updates, seed, round);
                doc = new Doc(() -> 1);
                updates.clear();
                updates.add(pick(random).state());
                doc.applyUpdate(updates.get(0));
            }
            byte[] update = mutate(pick(random), random);
            StateVector before = doc.stateVector();
            try {
                doc.applyUpdate(update);
                updates.add(update);
                applied++;
            } catch (YjsFormatException e) {
                assertThat(doc.stateVector()).isEqualTo(before);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " round " + round + ": " + Arrays.toString(update), e);
            }
        }
        System.out.printf("fuzz: %d updates, %d applied, the others refused%n", rounds, applied);
        assertThat(applied).isBetween(rounds / 100, rounds - 1);
    }

    @Test
    void mutatedFramesAreRefusedOrDecoded() {
        int rounds = Integer.getInteger("yjs.fuzz", 100_000);
        int seed = Seeds.of("FuzzTest.mutatedFramesAreRefusedOrDecoded");
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            Vector vector = pick(random);
            byte[] whole = random.nextBoolean()
                    ? new Message.SyncStep1(StateVector.decode(vector.stateVector())).encode()
                    : new Message.Update(vector.updates().get(0)).encode();
            byte[] frame = mutateOnce(whole, whole, random);
            try {
                Message.decode(frame).encode();
            } catch (YjsFormatException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round + ": " + Arrays.toString(frame), e);
            }
        }
    }

    @Test
    void decodingAllocatesNoMoreThanTheInputExplains() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int seed = Seeds.of("FuzzTest.decodingAllocatesNoMoreThanTheInputExplains");
        Random random = new Random(seed);
        vectors.forEach(vector -> allocatedBy(threads, vector.state()));
        for (int round = 0; round < 20_000; round++) {
            byte[] update = mutate(pick(random), random);
            long allocated = allocatedBy(threads, update);
            assertThat(allocated)
                    .as("seed %d round %d, %d bytes", seed, round, update.length)
                    .isLessThan(ALLOCATION_FIXED + (long) ALLOCATION_PER_BYTE * update.length);
        }
    }

    private static long allocatedBy(ThreadMXBean threads, byte[] update) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Updates.check(update);
        } catch (YjsFormatException refused) {
            return threads.getCurrentThreadAllocatedBytes() - before;
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * What a document says of itself must rebuild it. Forged references can prevent that, since what they name may be
     * garbage by then: in such a case real yjs decides, whose documents the browsers hold.
     */
    private static void checkConsistent(Doc doc, List<byte[]> updates, int seed, int round) {
        Doc copy = new Doc(() -> 2);
        copy.applyUpdate(doc.encodeStateAsUpdate());
        if (!summary(copy).equals(summary(doc))) {
            System.out.printf("fuzz: a copy differs, seed %d before round %d; asking real yjs%n", seed, round);
            try (Oracle oracle = new Oracle()) {
                assertThat(List.of(summary(doc), summary(copy)))
                        .as("seed %d before round %d", seed, round)
                        .isEqualTo(oracle.summaries(updates));
            }
        }
    }

    /** State vector, keys of the queue and length of the array. */
    private static String summary(Doc doc) {
        return new TreeMap<>(doc.stateVector().clocks()) + " "
                + doc.getMap("queue").keys() + " "
                + doc.getArray("array").toJson().size();
    }

    private Vector pick(Random random) {
        return vectors.get(random.nextInt(vectors.size()));
    }

    private static byte[] mutate(Vector vector, Random random) {
        byte[] update = vector.updates().get(random.nextInt(vector.updates().size()));
        byte[] mutated = update;
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = mutateOnce(mutated, update, random);
        }
        return mutated;
    }

    private static byte[] mutateOnce(byte[] bytes, byte[] donor, Random random) {
        byte[] mutated = bytes.clone();
        if (mutated.length == 0) {
            return donor;
        }
        int at = random.nextInt(mutated.length);
        switch (random.nextInt(6)) {
            case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutated[at] = (byte) random.nextInt(256);
            case 2 -> mutated[at] += (byte) (random.nextBoolean() ? 1 : -1);
            case 3 -> mutated = Arrays.copyOf(mutated, at);
            case 4 -> {
                int to = at + random.nextInt(mutated.length - at);
                mutated = splice(mutated, at, Arrays.copyOfRange(mutated, at, to));
            }
            default -> {
                byte[] huge = new byte[1 + random.nextInt(8)];
                Arrays.fill(huge, (byte) 0xff);
                mutated = splice(mutated, at, huge);
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
