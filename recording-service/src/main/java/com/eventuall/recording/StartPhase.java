package com.eventuall.recording;

import com.eventuall.recording.Observation.Failed;
import com.eventuall.recording.Observation.RoomReady;
import com.eventuall.recording.Observation.StreamCreated;
import com.eventuall.recording.Observation.StreamsFound;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** From the request to a live stream of the recording's own. */
final class StartPhase {

    /** Vendors' clocks and ours may differ by this much when looking for what was made after an intent. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** How long a vendor may put off what is asked of it. */
    static final Duration GIVE_UP = Duration.ofMinutes(10);

    private final EgressSteps egress;

    StartPhase(EgressSteps egress) {
        this.egress = egress;
    }

    Transition requested(Turn turn, Observation observation) {
        if (turn.recording().stopRequested()) {
            return turn.finish(RecordingState.CANCELLED, Fact.Kind.STOPPED);
        }
        if (observation instanceof RoomReady) {
            return turn.to(RecordingState.CREATING_STREAM).again();
        }
        if (observation instanceof Failed failed) {
            return giveUp(turn, failed)
                    ? turn.fail(new Cause(Reason.ROOM_UNAVAILABLE, failed.code()))
                    : turn.sleep(turn.backoff(turn.progress().tries(), failed));
        }
        return turn.call(new Call.EnsureRoom(turn.recording().spec().room()));
    }

    Transition creatingStream(Turn turn, Observation observation) {
        Effect effect = turn.recording().latest(Effect.Kind.STREAM).orElse(null);
        if (effect == null || effect.state() == Effect.State.REFUSED) {
            return turn.recording().stopRequested()
                    ? turn.finish(RecordingState.CANCELLED, Fact.Kind.STOPPED)
                    : create(turn);
        }
        if (effect.state() == Effect.State.DONE) {
            return onwards(turn);
        }
        if (observation instanceof StreamCreated created) {
            return adopt(turn, effect, created.stream());
        }
        if (observation instanceof StreamsFound found) {
            return found.streams().stream()
                    .min(Comparator.comparing(StreamView::createdAt)
                            .thenComparing(view -> view.stream().id()))
                    .map(oldest -> adopt(turn, effect, oldest))
                    .orElseGet(() -> nothingMade(turn, effect, null));
        }
        if (observation instanceof Failed failed) {
            return failed(turn, effect, failed);
        }
        Instant settledAt = effect.intentAt().plus(turn.rules().vendor().unsettled());
        return turn.now().isBefore(settledAt) ? turn.sleepUntil(settledAt) : turn.call(find(turn, effect));
    }

    private static Transition create(Turn turn) {
        turn.set(Effect.intent(Effect.Kind.STREAM, 0, turn.now()));
        return turn.call(
                new Call.CreateStream(tag(turn), turn.recording().spec().lowLatency()));
    }

    private static Call find(Turn turn, Effect effect) {
        return new Call.FindStreams(tag(turn), effect.intentAt().minus(CLOCK_SKEW));
    }

    private static String tag(Turn turn) {
        return turn.rules().tags().stream(turn.recording().id());
    }

    private Transition adopt(Turn turn, Effect effect, StreamView view) {
        turn.set(turn.recording().with(view.stream()));
        turn.set(effect.done(view.stream().id()));
        return onwards(turn);
    }

    private Transition onwards(Turn turn) {
        return turn.recording().stopRequested()
                ? turn.stopping(null)
                : egress.start(turn.to(RecordingState.STARTING_EGRESS));
    }

    private Transition failed(Turn turn, Effect effect, Failed failed) {
        if (failed.call() instanceof Call.CreateStream) {
            return switch (failed.kind()) {
                case UNKNOWN ->
                    turn.sleepUntil(effect.intentAt().plus(turn.rules().vendor().unsettled()));
                case REFUSED, NOT_NOW -> nothingMade(turn, effect, failed);
            };
        }
        // Until the look-up succeeds nobody can tell whether there is a stream: no giving up, and no try is spent.
        return turn.sleep(turn.backoff(2, failed));
    }

    private static Transition nothingMade(Turn turn, Effect effect, @Nullable Failed failed) {
        turn.set(effect.refused());
        boolean over = failed == null ? turn.tried() >= turn.rules().maxTries() : giveUp(turn, failed);
        if (over) {
            return turn.fail(new Cause(Reason.STREAM_REFUSED, failed == null ? "not made" : failed.code()));
        }
        return turn.sleep(turn.backoff(turn.progress().tries(), failed));
    }

    /** "Not now" costs no try but is not waited for without end. */
    private static boolean giveUp(Turn turn, Failed failed) {
        boolean counted = failed.kind() != FailureKind.NOT_NOW;
        return counted
                ? turn.tried() >= turn.rules().maxTries()
                : turn.inState().compareTo(GIVE_UP) > 0;
    }
}
