package com.eventuall.recording;

import static com.eventuall.recording.MachineUnderTest.ASSET_TIMEOUT;
import static com.eventuall.recording.MachineUnderTest.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Observation.EgressStopped;
import com.eventuall.recording.Observation.Failed;
import com.eventuall.recording.Observation.Health;
import com.eventuall.recording.Observation.Woken;
import com.eventuall.recording.clip.ClipWindow;
import com.eventuall.recording.clip.RecordedAsset;
import com.eventuall.recording.clip.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is a try and what is not, and when waiting for a vendor ends. */
class GivingUpTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T19:00:00Z");
    private static final RoomKey ROOM = new RoomKey("e1", "r1");
    private static final UUID CLIP = new UUID(2, 2);

    private final RecordingMachine machine = MachineUnderTest.machine();
    private final List<Call> calls = new ArrayList<>();
    private final List<Fact.Kind> facts = new ArrayList<>();
    private Instant now = BEGIN;

    private static Recording in(RecordingState state) {
        RecordingSpec spec = new RecordingSpec(new UUID(1, 1), ROOM, false, "grid", "mod", BEGIN);
        return Recording.requested(spec)
                .with(Progress.requested(BEGIN).enter(state, BEGIN))
                .with(STREAM)
                .with(Effect.intent(Effect.Kind.STREAM, 0, BEGIN).done("LS1"));
    }

    private static Recording started(RecordingState state) {
        Recording recording = in(state);
        return recording.with(recording.progress().started(BEGIN));
    }

    private static Effect egress(int ordinal) {
        return Effect.intent(Effect.Kind.EGRESS, ordinal, BEGIN);
    }

    private static Function<Call, Observation> failing(FailureKind kind) {
        return call -> new Failed(call, kind, "unavailable", null);
    }

    /** Takes steps as a runner would, until something holds. */
    private Recording until(Predicate<Recording> end, Recording first, Function<Call, Observation> vendor) {
        Recording recording = first;
        Observation seen = new Woken();
        for (int i = 0; i < 100_000 && !end.test(recording); i++) {
            Transition step = machine.next(recording, seen, now);
            recording = step.recording();
            step.facts().forEach(fact -> facts.add(fact.kind()));
            Call call = step.call();
            if (call == null) {
                seen = new Woken();
                Instant at = recording.progress().nextAt();
                now = at == null || at.isBefore(now) ? now : at;
            } else {
                calls.add(call);
                seen = vendor.apply(call);
                now = now.plusMillis(50);
            }
        }
        assertThat(recording).matches(end);
        return recording;
    }

    private static Predicate<Recording> state(RecordingState state) {
        return recording -> recording.state() == state;
    }

    private Duration passed() {
        return Duration.between(BEGIN, now);
    }

    @Test
    void lookUpsThatFailCostNoTry() {
        Predicate<Recording> later = recording -> passed().compareTo(Duration.ofMinutes(5)) > 0;
        Recording looking =
                until(later, in(RecordingState.STARTING_EGRESS).with(egress(0)), failing(FailureKind.UNKNOWN));
        assertThat(calls).hasSizeGreaterThan(3).hasOnlyElementsOfType(Call.FindEgresses.class);
        assertThat(looking.progress().tries()).isZero();

        calls.clear();
        now = BEGIN;
        Recording noStream = in(RecordingState.CREATING_STREAM).with(Effect.intent(Effect.Kind.STREAM, 0, BEGIN));
        looking = until(later, noStream, failing(FailureKind.UNKNOWN));
        assertThat(calls).hasSizeGreaterThan(3).hasOnlyElementsOfType(Call.FindStreams.class);
        assertThat(looking.progress().tries()).isZero();
    }

    @Test
    void anEgressThatIsPutOffLeavesOneTraceAndIsWaitedForTenMinutes() {
        Recording stopping =
                until(state(RecordingState.STOPPING), in(RecordingState.STARTING_EGRESS), failing(FailureKind.NOT_NOW));
        assertThat(stopping.progress().cause()).isEqualTo(Cause.of(Reason.EGRESS_START_FAILED));
        assertThat(passed()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(stopping.effects())
                .filteredOn(e -> e.kind() == Effect.Kind.EGRESS)
                .hasSize(1);
    }

    @Test
    void aReplacementThatIsPutOffIsWaitedForTenMinutesFromTheLoss() {
        now = BEGIN.plus(Duration.ofHours(3));
        EgressView failed = new EgressView("EG_0", EgressView.Status.FAILED, ROOM.key(), "", BEGIN, "");
        Recording stopping = until(
                state(RecordingState.STOPPING),
                started(RecordingState.RECORDING).with(egress(0).done("EG_0")),
                call -> call instanceof Call.CheckHealth
                        ? new Health(failed, null, null)
                        : failing(FailureKind.NOT_NOW).apply(call));
        assertThat(stopping.progress().cause()).isEqualTo(Cause.of(Reason.EGRESS_LOST));
        assertThat(passed().minusHours(3)).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(stopping.effects())
                .filteredOn(e -> e.kind() == Effect.Kind.EGRESS)
                .extracting(Effect::state)
                .containsExactly(Effect.State.GONE, Effect.State.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordingState.class,
            names = {"STARTING_EGRESS", "RECORDING"})
    void anEgressThatCannotBeStoppedCountsAsLostUnlessNothingWasAsked(RecordingState state) {
        Recording recording = started(state).with(egress(0).done("EG_0"));
        Call stop = new Call.StopEgress("EG_0");
        for (FailureKind kind : FailureKind.values()) {
            Transition step = machine.next(recording, new Failed(stop, kind, "unavailable", null), now);
            boolean lost = kind != FailureKind.NOT_NOW;
            assertThat(step.recording().effects().get(1).state())
                    .isEqualTo(lost ? Effect.State.GONE : Effect.State.DONE);
            assertThat(step.recording().progress().tries()).isEqualTo(lost ? 1 : 0);
        }
    }

    @Test
    void anEgressIsAskedThriceToStopHoweverLateItIs() {
        now = BEGIN.plusSeconds(300);
        EgressView active = new EgressView("EG_0", EgressView.Status.ACTIVE, ROOM.key(), "", BEGIN, "");
        Recording given = until(
                recording -> recording.effects().get(1).state() == Effect.State.GONE,
                started(RecordingState.STOPPING).with(egress(0).done("EG_0")),
                call -> call instanceof Call.StopEgress ? new EgressStopped() : new Health(active, null, null));
        assertThat(given.state()).isEqualTo(RecordingState.STOPPING);
        assertThat(calls).filteredOn(Call.StopEgress.class::isInstance).hasSize(3);
    }

    @Test
    void assetsThatCannotBeListedEndTheRecordingAfterTheTimeout() {
        Recording failed = until(
                state(RecordingState.FAILED), started(RecordingState.ASSET_PENDING), failing(FailureKind.UNKNOWN));
        assertThat(failed.progress().cause()).isEqualTo(Cause.of(Reason.ASSET_TIMEOUT));
        assertThat(passed()).isBetween(ASSET_TIMEOUT, ASSET_TIMEOUT.plusMinutes(2));
        assertThat(facts).containsExactly(Fact.Kind.FAILED);
    }

    @Test
    void aServiceThatWasAwayBeyondTheTimeoutAsksForTheAssetsMoreThanOnce() {
        now = BEGIN.plus(ASSET_TIMEOUT.multipliedBy(2));
        RecordedAsset ready = asset();
        Recording clipping = until(
                state(RecordingState.CLIPPING),
                started(RecordingState.ASSET_PENDING),
                call -> calls.size() < 2
                        ? failing(FailureKind.UNKNOWN).apply(call)
                        : new Observation.AssetsListed(List.of(new AssetView(ready, "", null, BEGIN))));
        assertThat(clipping.assets()).containsExactly(ready);
    }

    private static RecordedAsset asset() {
        List<Segment> segments = List.of(new Segment(BEGIN, Duration.ofSeconds(60), false));
        return new RecordedAsset("AS1", RecordedAsset.Status.READY, "PB", Duration.ofSeconds(60), segments, null);
    }

    private static Recording clipping(Clip clip) {
        Recording recording = started(RecordingState.CLIPPING);
        return recording
                .with(recording.inputs().planned())
                .withAssets(List.of(asset()))
                .withClips(List.of(clip));
    }

    private static Clip creating() {
        ClipWindow window = new ClipWindow("ann", "AS1", Duration.ZERO, Duration.ofSeconds(10), List.of("1:1"), false);
        return Clip.planned(CLIP, window, BEGIN).creating(BEGIN).lookAgainAt(BEGIN.plusSeconds(35));
    }

    @Test
    void aClipThatCannotBeLookedUpFailsAfterTheTimeout() {
        Recording ready = until(state(RecordingState.READY), clipping(creating()), failing(FailureKind.UNKNOWN));
        assertThat(calls).hasOnlyElementsOfType(Call.FindClips.class);
        assertThat(ready.clips()).extracting(Clip::state).containsExactly(Clip.State.FAILED);
        assertThat(ready.clips()).extracting(Clip::reason).containsExactly("timeout");
        assertThat(passed()).isBetween(ASSET_TIMEOUT, ASSET_TIMEOUT.plusMinutes(1));
        assertThat(facts).containsExactly(Fact.Kind.CLIP_FAILED, Fact.Kind.READY);
    }

    @Test
    void aClipThatCannotBeReadIsDeletedAndFailsWhenThatCannotBeDoneEither() {
        Recording ready = until(
                state(RecordingState.READY),
                clipping(creating().processing("AS2", BEGIN)),
                failing(FailureKind.UNKNOWN));
        assertThat(calls).hasOnlyElementsOfTypes(Call.ReadClip.class, Call.DeleteClip.class);
        assertThat(calls).endsWith(new Call.DeleteClip(CLIP, "AS2", "timeout"));
        assertThat(ready.clips()).extracting(Clip::state).containsExactly(Clip.State.FAILED);
        assertThat(ready.clips().get(0).attempt().assetId()).isNull();
        assertThat(passed())
                .isBetween(
                        ASSET_TIMEOUT.multipliedBy(2),
                        ASSET_TIMEOUT.multipliedBy(2).plusMinutes(1));
        assertThat(facts).containsExactly(Fact.Kind.CLIP_FAILED, Fact.Kind.READY);
    }

    @Test
    void aWithdrawnClipThatCannotBeDeletedIsLeftToTheSweeper() {
        Recording ready = until(
                state(RecordingState.READY),
                clipping(creating().processing("AS2", BEGIN).withdrawn(BEGIN)),
                failing(FailureKind.UNKNOWN));
        assertThat(calls).hasOnlyElementsOfType(Call.DeleteClip.class);
        assertThat(ready.clips()).extracting(Clip::state).containsExactly(Clip.State.WITHDRAWN);
        assertThat(ready.clips().get(0).attempt().assetId()).isNull();
        assertThat(facts).containsExactly(Fact.Kind.READY);
    }

    @Test
    void aServiceThatWasAwayBeyondTheTimeoutAsksForTheClipMoreThanOnce() {
        now = BEGIN.plus(ASSET_TIMEOUT.multipliedBy(2));
        Clip processing = creating().processing("AS2", BEGIN.plusSeconds(40));
        RecordedAsset made =
                new RecordedAsset("AS2", RecordedAsset.Status.READY, "PB2", Duration.ofSeconds(10), List.of(), null);
        Recording ready = until(
                state(RecordingState.READY),
                clipping(processing),
                call -> calls.size() < 2
                        ? failing(FailureKind.UNKNOWN).apply(call)
                        : new Observation.ClipSeen(CLIP, new AssetView(made, "", "AS1", BEGIN)));
        assertThat(ready.clips()).extracting(Clip::state).containsExactly(Clip.State.READY);
    }
}
