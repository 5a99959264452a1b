package com.eventuall.recording.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.AssetView;
import com.eventuall.recording.Clip;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingRules;
import com.eventuall.recording.RecordingSpec;
import com.eventuall.recording.RecordingState;
import com.eventuall.recording.StreamView;
import com.eventuall.recording.Tags;
import com.eventuall.recording.clip.ClipCalculator;
import com.eventuall.recording.clip.ClipRules;
import com.eventuall.recording.clip.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Recordings in a world where processes die or freeze at any operation, replies get lost after the effect, news come late,
 * and vendors refuse, throttle or list dead egresses as active for ever. Whatever happened: once the trouble is over, every
 * recording has ended, nothing exists twice, and nothing is left behind.
 */
class CrashSimulationTest {

    static final RecordingRules RULES = new RecordingRules(
            new Tags("sim"),
            new RecordingRules.Vendor(Duration.ofSeconds(30), Duration.ofSeconds(5)),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofHours(11),
            new RecordingRules.Assets(Duration.ofSeconds(60), Duration.ofHours(2), Duration.ofSeconds(5)),
            3);
    static final ClipRules CLIP_RULES =
            new ClipRules(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(1));

    private static final UUID ID = new UUID(1, 1);
    private static final Pod.Trouble LOSSY = new Pod.Trouble(0.02, 0, 0.02, 0.03, 0.03);
    private static final Pod.Trouble FREEZING = new Pod.Trouble(0.01, 0.02, 0.02, 0.02, 0.02);

    @Property(tries = 4_000)
    void deathAndLostRepliesLeaveNothingLostDoubledOrBehind(@ForAll long seed) {
        survive(seed, LOSSY);
    }

    @Property(tries = 4_000)
    void processesFrozenBeyondTheirLeaseLeaveNothingLostDoubledOrBehind(@ForAll long seed) {
        survive(seed, FREEZING);
    }

    private static void survive(long seed, Pod.Trouble trouble) {
        Run run = Run.of(seed, RULES, trouble, true);
        check(seed, run.world(), run.store(), run.vendors());
    }

    /** The control experiment: the same trouble must leave traces when the protection is taken away. */
    @Test
    void withoutTheSweeperOrTheSettleTimeThingsAreLeftBehind() {
        RecordingRules hasty = new RecordingRules(
                RULES.tags(),
                new RecordingRules.Vendor(Duration.ofSeconds(30), Duration.ofSeconds(-30)),
                RULES.start(),
                RULES.health(),
                RULES.maxDuration(),
                RULES.assets(),
                RULES.maxTries());
        int ready = 0;
        int deaths = 0;
        int fencedOff = 0;
        int unswept = 0;
        int unsettled = 0;
        for (long seed = 0; seed < 400; seed++) {
            Run whole = Run.of(seed, RULES, FREEZING, true);
            ready += whole.store().recording(ID).state() == RecordingState.READY ? 1 : 0;
            deaths += whole.deaths();
            fencedOff += whole.store().fencedOff();
            unswept += extras(Run.of(seed, RULES, FREEZING, false));
            unsettled += extras(Run.of(seed, hasty, LOSSY, false));
        }
        assertThat(ready).as("recordings that became ready").isGreaterThan(250);
        assertThat(deaths).as("deaths").isGreaterThan(400);
        assertThat(fencedOff).as("writes refused by the fence").isGreaterThan(20);
        assertThat(unswept).as("extras without the sweeper").isPositive();
        assertThat(unsettled).as("extras without the settle time").isPositive();
    }

    /** Streams, egresses and clips that the recording does not know of. */
    private static int extras(Run run) {
        Recording recording = run.store().recording(ID);
        long clips = run.vendors().clips().size()
                - recording.clips().stream()
                        .filter(clip -> clip.attempt().assetId() != null)
                        .count();
        long streams = run.vendors().streams(1).size() - (recording.stream() == null ? 0 : 1);
        return (int) (Math.max(0, clips)
                + Math.max(0, streams)
                + run.vendors().livingEgresses().size());
    }

    private record Run(World world, SimStore store, SimVendors vendors, int deaths) {

        static Run of(long seed, RecordingRules rules, Pod.Trouble trouble, boolean sweeping) {
            World world = new World(seed);
            SimVendors vendors = new SimVendors(world);
            SimStore store = new SimStore(world);
            vendors.clipErrs = tag -> world.chance(0.1);
            List<Pod> pods = List.of(
                    new Pod(world, store, vendors, rules, CLIP_RULES, Duration.ofSeconds(60)),
                    new Pod(world, store, vendors, rules, CLIP_RULES, Duration.ofSeconds(60)));
            if (!sweeping) {
                pods.forEach(Pod::withoutSweeper);
            }
            RoomKey room = new RoomKey("e1", "r1");
            store.request(new RecordingSpec(ID, room, false, "grid", "mod", world.now()));
            pods.forEach(pod -> pod.trouble(trouble));
            pods.forEach(Pod::start);

            stays(world, store);
            if (world.chance(0.3)) {
                world.run(world.between(0, 400_000));
                vendors.failRunningEgress();
            }
            if (world.chance(0.2)) {
                world.run(world.between(0, 200_000));
                vendors.hauntRunningEgress();
            }
            world.run(world.between(0, 900_000));
            if (world.chance(0.2)) {
                vendors.closeRoom(room);
            }
            store.stop(ID);
            world.run(world.between(60_000, 600_000));
            pods.forEach(pod -> pod.trouble(Pod.Trouble.NONE));
            world.run(Duration.ofMinutes(25));
            return new Run(
                    world, store, vendors, pods.stream().mapToInt(Pod::deaths).sum());
        }
    }

    private static void stays(World world, SimStore store) {
        for (int i = 0; i < 4; i++) {
            Duration in = world.between(0, 500_000);
            Duration until = in.plus(world.between(500, 200_000));
            String user = "u" + i % 3;
            String stayId = "1:" + i;
            boolean leaves = world.chance(0.8);
            Duration late = world.chance(0.2) ? world.between(0, 400_000) : Duration.ZERO;
            world.after(in, () -> store.stay(new Stay(stayId, user, world.now(), null)));
            world.after(until.plus(late), () -> {
                if (leaves) {
                    Instant left = world.now().minus(late);
                    store.stay(new Stay(stayId, user, left.minus(until.minus(in)), left));
                }
            });
        }
    }

    static void check(long seed, World world, SimStore store, SimVendors vendors) {
        for (Recording recording : store.all()) {
            String what = "seed " + seed + ": " + recording.progress() + "\n" + world.story();
            assertThat(recording.state().terminal()).as(what).isTrue();
            assertThat(recording.clips()).as(what).allMatch(clip -> clip.state().terminal());
            assertThat(recording.clips().stream()
                            .filter(clip -> clip.state() == Clip.State.READY)
                            .map(clip -> clip.attempt().assetId())
                            .toList())
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(vendors.clips().stream()
                            .map(view -> view.asset().id())
                            .toList());
            if (recording.state() == RecordingState.READY) {
                assertThat(recording.clips().stream()
                                .filter(clip -> clip.state() != Clip.State.WITHDRAWN)
                                .map(Clip::window)
                                .toList())
                        .as(what)
                        .containsExactlyInAnyOrderElementsOf(new ClipCalculator(CLIP_RULES)
                                .windows(store.stays(Instant.MIN, Instant.MAX), recording.assets()));
                assertThat(recording.assets().stream().map(a -> a.id()).toList())
                        .as(what)
                        .containsExactlyInAnyOrderElementsOf(vendors.assetsOf(stream(recording)).stream()
                                .map(AssetView::asset)
                                .map(a -> a.id())
                                .toList());
            }
        }
        String what = "seed " + seed + "\n" + world.story();
        assertThat(vendors.livingEgresses()).as(what).isEmpty();
        assertThat(vendors.streams(1))
                .as(what)
                .hasSizeLessThanOrEqualTo(store.all().size());
        assertThat(vendors.streams(1)).as(what).allMatch(view -> view.status() == StreamView.Status.DISABLED);
    }

    private static String stream(Recording recording) {
        return recording.stream() == null ? "none" : recording.stream().id();
    }
}
