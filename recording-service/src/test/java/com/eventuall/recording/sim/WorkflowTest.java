package com.eventuall.recording.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Clip;
import com.eventuall.recording.Effect;
import com.eventuall.recording.Reason;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingSpec;
import com.eventuall.recording.RecordingState;
import com.eventuall.recording.StreamView;
import com.eventuall.recording.clip.Stay;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a recording, by virtual time and with the real times and limits. */
class WorkflowTest {
    private static final UUID ID = new UUID(7, 7);
    private static final RoomKey ROOM = new RoomKey("e1", "r1");

    private World world;
    private SimVendors vendors;
    private SimStore store;
    private Pod pod;

    @BeforeEach
    void begin() {
        world = new World(42);
        vendors = new SimVendors(world);
        store = new SimStore(world);
        pod = new Pod(
                world,
                store,
                vendors,
                CrashSimulationTest.RULES,
                CrashSimulationTest.CLIP_RULES,
                Duration.ofSeconds(60));
        store.request(new RecordingSpec(ID, ROOM, false, "grid", "mod", world.now()));
        pod.start();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        world.run(Duration.ofMinutes(3));
        CrashSimulationTest.check(42, world, store, vendors);
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordingState.class,
            names = {
                "REQUESTED",
                "CREATING_STREAM",
                "STARTING_EGRESS",
                "RECORDING",
                "STOPPING",
                "ASSET_PENDING",
                "CLIPPING"
            })
    void aStopInAnyStateEndsInOrder(RecordingState state) {
        store.stay(new Stay("1:1", "u1", world.now(), null));
        if (state.compareTo(RecordingState.RECORDING) > 0) {
            runUntil(RecordingState.RECORDING);
            world.run(Duration.ofSeconds(20));
            store.stop(ID);
        }
        runUntil(state);
        store.stop(ID);
        world.run(Duration.ofMinutes(2));

        boolean hadContent = state.compareTo(RecordingState.RECORDING) >= 0;
        // An egress that was starting may have begun to push before it was stopped.
        boolean content = hadContent || !recording().assets().isEmpty();
        assertThat(recording().state()).isEqualTo(content ? RecordingState.READY : RecordingState.CANCELLED);
        assertThat(recording().progress().cause()).isNull();
        boolean longEnough = state.compareTo(RecordingState.RECORDING) > 0;
        assertThat(vendors.clips()).hasSizeBetween(longEnough ? 1 : 0, content ? 1 : 0);
    }

    @Test
    void factsTellTheStoryOnce() {
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofMinutes(5));
        store.stop(ID);
        world.run(Duration.ofMinutes(2));
        assertThat(store.facts()).containsExactly("STARTED@RECORDING", "STOPPED@STOPPING", "READY@READY");
    }

    @Test
    void theLongestDurationEndsARecordingThatNobodyStops() {
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofHours(11).plusMinutes(3));
        assertThat(recording().state()).isEqualTo(RecordingState.READY);
        assertThat(reason()).isEqualTo(Reason.MAX_DURATION);
    }

    @Test
    void aRoomThatClosesEndsItsRecordingWithoutAnybodyAsking() {
        runUntil(RecordingState.RECORDING);
        vendors.closeRoom(ROOM);
        world.run(Duration.ofSeconds(34));
        assertThat(recording().state()).isNotEqualTo(RecordingState.RECORDING);
        world.run(Duration.ofMinutes(2));
        assertThat(recording().state()).isEqualTo(RecordingState.READY);
        assertThat(reason()).isEqualTo(Reason.ROOM_CLOSED);
    }

    @Test
    void aLostEgressIsSeenWithin35SecondsWithoutAnyWebhook() {
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofMinutes(7));
        vendors.failRunningEgress();
        world.run(Duration.ofSeconds(35));
        assertThat(store.facts()).filteredOn("STARTED@RECORDING"::equals).hasSizeGreaterThanOrEqualTo(2);
        assertThat(egresses()).hasSize(2);
        world.run(Duration.ofMinutes(2));
        assertThat(reason()).isNull();
        store.stop(ID);
        world.run(Duration.ofMinutes(2));
        assertThat(recording().assets()).hasSize(1);
        assertThat(recording().assets().get(0).segments()).hasSize(2);
    }

    @Test
    void withAHintALostEgressIsSeenAtOnce() {
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(10));
        vendors.failRunningEgress();
        store.wake(ID);
        world.run(Duration.ofSeconds(2));
        assertThat(store.facts()).containsExactly("STARTED@RECORDING", "STARTED@RECORDING");
        store.stop(ID);
    }

    @Test
    void anEgressReplacedTooLateLeavesTwoAssetsAndBothAreClipped() {
        store.stay(new Stay("1:1", "u1", world.now(), null));
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(40));
        pod.trouble(new Pod.Trouble(0, 0, 0, 1, 0));
        vendors.failRunningEgress();
        world.run(SimVendors.RECONNECT_WINDOW.plusSeconds(5));
        pod.trouble(Pod.Trouble.NONE);
        world.run(Duration.ofMinutes(2));
        store.stop(ID);
        world.run(Duration.ofMinutes(2));
        assertThat(recording().state()).isEqualTo(RecordingState.READY);
        assertThat(recording().assets()).hasSize(2);
        assertThat(recording().clips()).hasSize(2);
    }

    @Test
    void threeEgressesThatNeverStartFailTheRecording() {
        vendors.egressFailsToStart = ordinal -> true;
        world.run(Duration.ofMinutes(2));
        assertThat(recording().state()).isEqualTo(RecordingState.FAILED);
        assertThat(reason()).isEqualTo(Reason.EGRESS_START_FAILED);
        assertThat(vendors.egressesOf(ROOM)).hasSize(3);
        assertThat(vendors.streams(1)).isEmpty();
        assertThat(store.facts()).containsExactly("STOPPED@STOPPING", "FAILED@FAILED");
    }

    @Test
    void anEgressWhoseProcessIsDeadIsReplacedThoughLiveKitCannotStopIt() {
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(20));
        vendors.hauntRunningEgress();
        world.run(Duration.ofMinutes(4));
        assertThat(egresses()).extracting(Effect::state).containsExactly(Effect.State.GONE, Effect.State.DONE);
        assertThat(reason()).isNull();
        store.stop(ID);
        world.run(Duration.ofMinutes(2));
        assertThat(recording().state()).isEqualTo(RecordingState.READY);
        assertThat(recording().assets()).hasSize(2);
    }

    @Test
    void threeEgressesThatDieWhileTheyStartFailTheRecordingThoughLiveKitCannotStopThem() {
        vendors.egressIsGhost = ordinal -> true;
        world.run(Duration.ofMinutes(5));
        assertThat(recording().state()).isEqualTo(RecordingState.FAILED);
        assertThat(reason()).isEqualTo(Reason.EGRESS_START_FAILED);
        assertThat(vendors.egressesOf(ROOM)).hasSize(3);
    }

    @Test
    void anEgressThatCannotBeStoppedDoesNotKeepTheRecordingFromEnding() {
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(20));
        store.stop(ID);
        vendors.hauntRunningEgress();
        world.run(Duration.ofMinutes(4));
        assertThat(recording().state()).isEqualTo(RecordingState.READY);
        assertThat(recording().assets()).hasSize(1);
    }

    @Test
    void whileMuxCannotTellAnActiveEgressIsLetRecord() {
        pod.broken("stream");
        runUntil(RecordingState.STARTING_EGRESS);
        world.run(Duration.ofMinutes(5));
        assertThat(recording().state()).isEqualTo(RecordingState.STARTING_EGRESS);
        pod.broken();
        world.run(Duration.ofSeconds(10));
        assertThat(recording().state()).isEqualTo(RecordingState.RECORDING);
        assertThat(egresses()).hasSize(1);
        store.stop(ID);
    }

    @Test
    void anErroredAssetFailsTheRecordingAndSaysSo() {
        vendors.assetErrs = ordinal -> true;
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(20));
        store.stop(ID);
        world.run(Duration.ofMinutes(2));
        assertThat(recording().state()).isEqualTo(RecordingState.FAILED);
        assertThat(reason()).isEqualTo(Reason.ASSET_ERRORED);
        assertThat(recording().progress().cause().detail()).isEqualTo("0 of 1 assets exist");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aClipThatErrsIsTriedThreeTimes(int errors) {
        store.stay(new Stay("1:1", "u1", world.now(), null));
        int[] left = {errors};
        vendors.clipErrs = tag -> left[0]-- > 0;
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(20));
        store.stop(ID);
        world.run(Duration.ofMinutes(3));
        assertThat(recording().state()).isEqualTo(RecordingState.READY);
        Clip clip = recording().clips().get(0);
        assertThat(clip.state()).isEqualTo(errors < 3 ? Clip.State.READY : Clip.State.FAILED);

        store.retry(ID, clip.id());
        world.run(Duration.ofMinutes(1));
        Clip.State expected = errors < 3 ? clip.state() : Clip.State.READY;
        assertThat(recording().clips().get(0).state()).isEqualTo(expected);
    }

    @Test
    void anExitThatBecomesKnownLateReplacesTheClip() {
        var entered = world.now();
        store.stay(new Stay("1:1", "u1", entered, null));
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(20));
        var left = world.now();
        world.run(Duration.ofSeconds(20));
        store.stop(ID);
        world.run(Duration.ofMinutes(2));
        Duration before = recording().clips().get(0).window().length();

        store.stay(new Stay("1:1", "u1", entered, left));
        world.run(Duration.ofMinutes(1));
        List<Clip> clips = recording().clips().stream()
                .filter(clip -> clip.state() != Clip.State.WITHDRAWN)
                .toList();
        assertThat(clips).hasSize(1);
        assertThat(clips.get(0).window().length()).isLessThan(before.minusSeconds(15));
        assertThat(vendors.clips()).hasSize(1);
    }

    @Test
    void aClipThatStaysRightNamesTheStaysItShows() {
        var entered = world.now();
        store.stay(new Stay("1:1", "u1", entered, null));
        store.stay(new Stay("1:2", "u1", entered, null));
        runUntil(RecordingState.RECORDING);
        world.run(Duration.ofSeconds(20));
        store.stop(ID);
        world.run(Duration.ofMinutes(2));
        assertThat(recording().clips()).hasSize(1);
        assertThat(recording().clips().get(0).window().stayIds()).containsExactly("1:1", "1:2");

        store.stay(new Stay("1:2", "u1", entered, entered.plusMillis(1)));
        world.run(Duration.ofMinutes(1));
        assertThat(recording().clips()).hasSize(1);
        assertThat(recording().clips().get(0).window().stayIds()).containsExactly("1:1");
    }

    @Test
    void aRecordingThatNobodyWatchesCostsFewCalls() {
        runUntil(RecordingState.RECORDING);
        int before = pod.calls();
        world.run(Duration.ofHours(1));
        // Two reads every 30 s, and the sweeper's three lists a minute.
        assertThat(pod.calls() - before).isBetween(400, 480);
        assertThat(vendors.streams(1)).extracting(StreamView::status).containsExactly(StreamView.Status.ACTIVE);
        store.stop(ID);
    }

    private Recording recording() {
        return store.recording(ID);
    }

    private List<Effect> egresses() {
        return recording().effects().stream()
                .filter(e -> e.kind() == Effect.Kind.EGRESS)
                .toList();
    }

    private @Nullable Reason reason() {
        var cause = recording().progress().cause();
        return cause == null ? null : cause.reason();
    }

    /** Lets time pass in small steps until the recording is in a state. */
    private void runUntil(RecordingState state) {
        for (int i = 0; i < 600_000 && recording().state() != state; i++) {
            world.run(Duration.ofMillis(1));
        }
        assertThat(recording().state()).isEqualTo(state);
    }
}
