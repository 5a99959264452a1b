package com.eventuall.recording.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.recording.clip.RecordedAsset.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random recordings against an oracle that works the other way round: it walks every tenth of a second of every asset,
 * asks what wall clock moment it shows, and whether the person was on stage then. All random times are tenths of
 * seconds, so the cells are exact and the windows must be equal, not merely close.
 */
class ClipCalculatorPropertyTest {

    private static final Instant ORIGIN = Instant.parse("2026-11-22T19:00:00Z");
    private static final List<String> USERS = List.of("ann", "bob", "cem");

    @Property(tries = 20_000)
    void windowsAreExactlyTheRecordedTimeOnStage(@ForAll long seed) {
        Scenario scenario = Scenario.random(new Random(seed));
        List<ClipWindow> windows = new ClipCalculator(scenario.rules).windows(scenario.stays, scenario.assets);

        List<String> expected = new ArrayList<>();
        for (String user : USERS) {
            for (RecordedAsset asset : scenario.assets) {
                expected.addAll(scenario.oracle(user, asset));
            }
        }
        assertThat(windows)
                .as("seed %s: %s", seed, scenario)
                .extracting(Scenario::show)
                .containsExactlyElementsOf(expected);
    }

    @Property(tries = 20_000)
    void windowsAreInsideOrderedDisjointAndLongEnough(@ForAll long seed) {
        Scenario scenario = Scenario.random(new Random(seed));
        List<ClipWindow> windows = new ClipCalculator(scenario.rules).windows(scenario.stays, scenario.assets);

        ClipWindow before = null;
        for (ClipWindow window : windows) {
            RecordedAsset asset = scenario.asset(window.assetId());
            assertThat(window.start()).as("seed %s", seed).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(window.end()).as("seed %s", seed).isLessThanOrEqualTo(asset.length());
            assertThat(window.length()).as("seed %s", seed).isGreaterThanOrEqualTo(scenario.rules.minLength());
            if (before != null
                    && before.userId().equals(window.userId())
                    && before.assetId().equals(window.assetId())) {
                assertThat(window.start()).as("seed %s", seed).isGreaterThan(before.end());
            }
            before = window;
        }
    }

    @Property(tries = 2_000)
    void orderAndRepetitionOfTheStaysChangeNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Scenario scenario = Scenario.random(random);
        List<Stay> shuffled = new ArrayList<>(scenario.stays);
        shuffled.addAll(scenario.stays);
        Collections.shuffle(shuffled, random);
        ClipCalculator calculator = new ClipCalculator(scenario.rules);

        assertThat(calculator.windows(shuffled, scenario.assets))
                .as("seed %s", seed)
                .isEqualTo(calculator.windows(scenario.stays, scenario.assets));
    }

    /** Assets with gaps and slate, and stays that re-enter, overlap, begin before, end after or never end. */
    private record Scenario(ClipRules rules, List<RecordedAsset> assets, List<Stay> stays) {

        static Scenario random(Random random) {
            ClipRules rules = new ClipRules(
                    tenths(random.nextInt(4) * 10),
                    tenths(random.nextInt(4) * 10),
                    tenths(random.nextInt(40) - 10),
                    tenths(random.nextInt(3) * 10),
                    tenths(5 + random.nextInt(10)));
            List<RecordedAsset> assets = new ArrayList<>();
            int at = random.nextInt(100);
            for (int a = random.nextInt(3); a >= 0; a--) {
                List<Segment> segments = new ArrayList<>();
                int total = 0;
                for (int s = random.nextInt(4); s >= 0; s--) {
                    int length = 1 + random.nextInt(120);
                    segments.add(new Segment(wall(at), tenths(length), random.nextInt(4) == 0));
                    at += length + (random.nextBoolean() ? 0 : random.nextInt(60));
                    total += length;
                }
                assets.add(new RecordedAsset("AS" + (9 - a), Status.READY, null, tenths(total), segments, null));
                at += random.nextInt(80);
            }
            List<Stay> stays = new ArrayList<>();
            for (String user : USERS) {
                for (int s = random.nextInt(6); s > 0; s--) {
                    int enter = random.nextInt(at + 80) - 40;
                    Instant exit = random.nextInt(5) == 0 ? null : wall(enter + random.nextInt(150));
                    stays.add(new Stay(user + s, user, wall(enter), exit));
                }
            }
            return new Scenario(rules, assets, stays);
        }

        RecordedAsset asset(String id) {
            return assets.stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
        }

        List<String> oracle(String user, RecordedAsset asset) {
            int cells = (int) (asset.length().toMillis() / 100);
            BitSet shown = new BitSet(cells);
            int cell = 0;
            for (Segment segment : asset.segments()) {
                for (int i = 0; i < segment.length().toMillis() / 100; i++, cell++) {
                    Instant moment =
                            segment.startedAt().plusMillis(i * 100L + 50).minus(rules.offset());
                    shown.set(cell, onStage(user, moment));
                }
            }
            fill(shown, rules.mergeGap().toMillis() / 100);
            BitSet kept = new BitSet(cells);
            for (int from = shown.nextSetBit(0); from >= 0; from = shown.nextSetBit(shown.nextClearBit(from))) {
                int to = shown.nextClearBit(from);
                if ((to - from) * 100L >= rules.minLength().toMillis()) {
                    int first = Math.max(0, from - (int) (rules.padBefore().toMillis() / 100));
                    kept.set(first, Math.min(cells, to + (int) (rules.padAfter().toMillis() / 100)));
                }
            }
            List<String> ranges = new ArrayList<>();
            for (int from = kept.nextSetBit(0); from >= 0; from = kept.nextSetBit(kept.nextClearBit(from))) {
                ranges.add(user + " " + asset.id() + " " + from * 100 + "-" + kept.nextClearBit(from) * 100);
            }
            return ranges;
        }

        /** Closes holes of fewer than {@code gap} cells between set ones. */
        private static void fill(BitSet shown, long gap) {
            for (int end = shown.nextClearBit(Math.max(0, shown.nextSetBit(0))); shown.nextSetBit(end) >= 0; ) {
                int next = shown.nextSetBit(end);
                if (next - end < gap) {
                    shown.set(end, next);
                }
                end = shown.nextClearBit(next);
            }
        }

        private boolean onStage(String user, Instant moment) {
            return stays.stream()
                    .anyMatch(stay -> stay.userId().equals(user)
                            && !moment.isBefore(stay.enteredAt())
                            && (stay.exitedAt() == null || moment.isBefore(stay.exitedAt())));
        }

        static String show(ClipWindow window) {
            return window.userId() + " " + window.assetId() + " "
                    + window.start().toMillis() + "-" + window.end().toMillis();
        }

        private static Instant wall(int tenths) {
            return ORIGIN.plusMillis(tenths * 100L);
        }

        private static Duration tenths(int n) {
            return Duration.ofMillis(n * 100L);
        }
    }
}
