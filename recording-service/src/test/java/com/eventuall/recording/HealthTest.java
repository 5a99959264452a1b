package com.eventuall.recording;

import static com.eventuall.recording.MachineUnderTest.RULES;
import static com.eventuall.recording.MachineUnderTest.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Observation.Failed;
import com.eventuall.recording.Observation.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a look at a running recording leads to. */
class HealthTest {
    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");

    private final RecordingMachine machine = MachineUnderTest.machine();
    private final Recording recording = running();

    private static Recording running() {
        RecordingSpec spec =
                new RecordingSpec(new UUID(1, 1), new RoomKey("e1", "r1"), false, "grid", "mod", NOW.minusSeconds(600));
        Progress progress = Progress.requested(spec.requestedAt())
                .enter(RecordingState.RECORDING, NOW.minusSeconds(500))
                .started(NOW.minusSeconds(500));
        return Recording.requested(spec)
                .with(progress)
                .with(STREAM)
                .with(Effect.intent(Effect.Kind.EGRESS, 0, NOW.minusSeconds(510))
                        .done("EG_1"));
    }

    private Transition look(@Nullable EgressView egress, StreamView.@Nullable Status stream, @Nullable Failed trouble) {
        StreamView view = stream == null ? null : new StreamView(STREAM, stream, null, NOW);
        return machine.next(recording, new Health(egress, view, trouble), NOW);
    }

    private static EgressView egress(EgressView.Status status) {
        return new EgressView("EG_1", status, "e1:r1", "rtmps://x/{012...def}", NOW, "");
    }

    private static Failed throttled(Duration wait) {
        return new Failed(new Call.CheckHealth("EG_1", "LS1"), FailureKind.NOT_NOW, "http_429", wait);
    }

    private static Duration pause(Transition step) {
        Instant nextAt = step.recording().progress().nextAt();
        assertThat(nextAt).isNotNull();
        return Duration.between(NOW, nextAt);
    }

    @Test
    void aHealthyRecordingIsLookedAtAgainAfterTheInterval() {
        Transition step = look(egress(EgressView.Status.ACTIVE), StreamView.Status.ACTIVE, null);
        assertThat(pause(step)).isEqualTo(RULES.health());
        assertThat(step.facts()).isEmpty();
    }

    @Test
    void aVendorThatAsksForTimeGetsItBeforeTheNextLook() {
        Failed asked = throttled(Duration.ofSeconds(20));
        assertThat(pause(look(null, StreamView.Status.ACTIVE, asked))).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(pause(look(egress(EgressView.Status.ACTIVE), null, asked)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aVendorThatCannotBeAskedIsNoReasonToActAndIsAskedSoon() {
        Transition step = look(null, null, throttledWithoutTime());
        assertThat(step.call()).isNull();
        assertThat(step.facts()).isEmpty();
        assertThat(pause(step)).isLessThan(Duration.ofSeconds(5));
    }

    private static Failed throttledWithoutTime() {
        return new Failed(new Call.CheckHealth("EG_1", "LS1"), FailureKind.UNKNOWN, "timeout", null);
    }

    @Test
    void anActiveEgressOfWhichMuxCannotTellIsNotStoppedForBeingLate() {
        Recording starting = recording.with(recording.progress().enter(RecordingState.STARTING_EGRESS, NOW));
        Health unseen = new Health(egress(EgressView.Status.ACTIVE), null, throttledWithoutTime());
        Transition step = machine.next(starting, unseen, NOW);
        assertThat(step.call()).isNull();
        assertThat(pause(step)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anEgressThatSendsNothingIsToldAtFirstSightAndOnce() {
        Transition first = look(egress(EgressView.Status.ACTIVE), StreamView.Status.IDLE, null);
        assertThat(first.facts()).extracting(Fact::kind).containsExactly(Fact.Kind.STARTED);
        assertThat(first.recording().progress().cause()).isEqualTo(Cause.of(Reason.EGRESS_RESTARTING));
        assertThat(first.call()).isNull();

        Health still = new Health(
                egress(EgressView.Status.ACTIVE), new StreamView(STREAM, StreamView.Status.IDLE, null, NOW), null);
        assertThat(machine.next(first.recording(), still, NOW.plusSeconds(1)).facts())
                .isEmpty();
        Transition over = machine.next(first.recording(), still, NOW.plusSeconds(31));
        assertThat(over.call()).isEqualTo(new Call.StopEgress("EG_1"));
    }

    @Test
    void anEgressThatIsEndingIsNotCalledInterrupted() {
        assertThat(look(egress(EgressView.Status.ENDING), StreamView.Status.ACTIVE, null)
                        .facts())
                .isEmpty();
    }

    @Test
    void aStatusOfANewerVendorIsLeftAlone() {
        Transition step = look(egress(EgressView.Status.UNKNOWN), StreamView.Status.UNKNOWN, null);
        assertThat(step.call()).isNull();
        assertThat(pause(step)).isEqualTo(RULES.health());
    }

    @ParameterizedTest
    @EnumSource(
            value = EgressView.Status.class,
            names = {"FAILED", "ABORTED", "LIMIT_REACHED", "ABSENT"})
    void anEgressThatIsOverIsReplacedAndViewersAreTold(EgressView.Status status) {
        Transition step = look(egress(status), StreamView.Status.ACTIVE, null);
        assertThat(step.facts()).extracting(Fact::kind).containsExactly(Fact.Kind.STARTED);
        assertThat(pause(step)).isZero();
        Transition next = machine.next(step.recording(), new Observation.Woken(), NOW);
        assertThat(next.call()).isEqualTo(new Call.StartEgress(recording.spec().room(), "grid", STREAM.key()));
        assertThat(next.recording().effects())
                .extracting(Effect::state)
                .containsExactly(Effect.State.GONE, Effect.State.INTENT);
        assertThat(List.of(step.recording().state(), next.recording().state())).containsOnly(RecordingState.RECORDING);
    }
}
