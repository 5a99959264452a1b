package com.eventuall.recording;

import com.eventuall.recording.Observation.EgressStopped;
import com.eventuall.recording.Observation.Failed;
import com.eventuall.recording.Observation.Health;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Starting the egress and keeping it running. */
final class LivePhase {

    /** While something is expected to change soon. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** How long an active egress may be without an active stream: LiveKit itself retries RTMP for 30 s. */
    private static final Duration STALL = Duration.ofSeconds(30);

    /** An egress that has run this long clears the count of failures before it. */
    private static final Duration STABLE = Duration.ofSeconds(60);

    private final EgressSteps egress;

    LivePhase(EgressSteps egress) {
        this.egress = egress;
    }

    Transition starting(Turn turn, Observation observation) {
        Effect current = EgressSteps.current(turn.recording()).orElse(null);
        if (turn.recording().stopRequested() && !(observation instanceof Observation.EgressStarted)) {
            return turn.stopping(null);
        }
        if (current == null) {
            return anotherOne(turn, Reason.EGRESS_START_FAILED);
        }
        if (current.externalId() == null) {
            return egress.settle(turn, current, observation);
        }
        if (observation instanceof Health health) {
            return startingHealth(turn, current, health);
        }
        return common(turn, current, current.externalId(), observation);
    }

    Transition recording(Turn turn, Observation observation) {
        Effect current = EgressSteps.current(turn.recording()).orElse(null);
        boolean settled = !(observation instanceof Observation.EgressStarted);
        if (turn.recording().stopRequested() && settled) {
            return turn.stopping(null);
        }
        Instant startedAt = turn.progress().times().startedAt();
        if (settled
                && startedAt != null
                && !turn.now().isBefore(startedAt.plus(turn.rules().maxDuration()))) {
            return turn.stopping(Cause.of(Reason.MAX_DURATION));
        }
        if (current == null) {
            return anotherOne(turn, Reason.EGRESS_LOST);
        }
        if (current.externalId() == null) {
            return roomIsGone(observation)
                    ? turn.set(current.refused()).stopping(Cause.of(Reason.ROOM_CLOSED))
                    : egress.settle(turn, current, observation);
        }
        if (observation instanceof Health health) {
            return recordingHealth(turn, current, health);
        }
        return common(turn, current, current.externalId(), observation);
    }

    private static boolean roomIsGone(Observation observation) {
        return observation instanceof Failed failed
                && failed.call() instanceof Call.StartEgress
                && failed.kind() == FailureKind.REFUSED
                && failed.code().equals("not_found");
    }

    private Transition anotherOne(Turn turn, Reason otherwise) {
        boolean over = turn.progress().tries() >= turn.rules().maxTries() || putOffTooLong(turn);
        return over ? turn.stopping(Cause.of(otherwise)) : egress.start(turn);
    }

    /** "Not now" costs no try but is not waited for without end. */
    private static boolean putOffTooLong(Turn turn) {
        boolean putOff = turn.recording()
                .latest(Effect.Kind.EGRESS)
                .filter(last -> last.state() == Effect.State.REFUSED)
                .isPresent();
        Instant lostAt = turn.progress().times().troubleSince();
        Instant since = lostAt == null ? turn.progress().since() : lostAt;
        return putOff && Duration.between(since, turn.now()).compareTo(StartPhase.GIVE_UP) > 0;
    }

    private static Transition common(Turn turn, Effect current, String egressId, Observation observation) {
        if (observation instanceof EgressStopped) {
            return lost(turn, current);
        }
        if (observation instanceof Failed failed) {
            // Only an egress past its limit is stopped here. LiveKit may list one for ever whose process is dead and
            // answer
            // every stop with an error: it is replaced all the same, and the sweeper goes on stopping it.
            boolean unstoppable = failed.call() instanceof Call.StopEgress && failed.kind() != FailureKind.NOT_NOW;
            return unstoppable ? lost(turn, current) : turn.sleep(turn.backoff(1, failed));
        }
        return turn.call(new Call.CheckHealth(egressId, turn.stream().id()));
    }

    private static Transition startingHealth(Turn turn, Effect current, Health health) {
        EgressView view = health.egress();
        if (view == null) {
            return turn.sleep(turn.backoff(1, health.trouble()));
        }
        if (view.status().over()) {
            return lost(turn, current);
        }
        if (view.status() == EgressView.Status.ACTIVE && streamIs(health, StreamView.Status.ACTIVE)) {
            turn.to(RecordingState.RECORDING).set(turn.progress().started(turn.now()));
            return turn.fact(Fact.of(Fact.Kind.STARTED))
                    .sleep(turn.around(turn.rules().health()));
        }
        if (view.status() == EgressView.Status.ACTIVE && health.stream() == null) {
            // Only Mux can tell whether it records, and it may well do.
            return turn.sleep(turn.backoff(2, health.trouble()));
        }
        if (age(turn, current).compareTo(turn.rules().start()) > 0) {
            return turn.call(new Call.StopEgress(view.id()));
        }
        return turn.sleep(SOON);
    }

    private static Transition recordingHealth(Turn turn, Effect current, Health health) {
        EgressView view = health.egress();
        if (view == null) {
            return turn.sleep(turn.backoff(2, health.trouble()));
        }
        if (view.endedWithRoom()) {
            EgressSteps.gone(turn, current);
            return turn.stopping(Cause.of(Reason.ROOM_CLOSED));
        }
        if (view.status() == EgressView.Status.COMPLETE) {
            EgressSteps.gone(turn, current);
            return turn.stopping(Cause.of(Reason.STOPPED_OUTSIDE));
        }
        if (view.status().over()) {
            return interrupted(turn, current);
        }
        if (streamIs(health, StreamView.Status.ABSENT) || streamIs(health, StreamView.Status.DISABLED)) {
            return turn.stopping(Cause.of(Reason.STREAM_LOST));
        }
        boolean running = view.status() == EgressView.Status.ACTIVE || view.status() == EgressView.Status.UNKNOWN;
        return running && !streamIs(health, StreamView.Status.IDLE)
                ? healthy(turn, current, health)
                : ailing(turn, current, view);
    }

    private static Transition healthy(Turn turn, Effect current, Health health) {
        if (health.stream() == null) {
            return turn.sleep(turn.backoff(2, health.trouble()));
        }
        turn.set(turn.progress().trouble(null));
        if (age(turn, current).compareTo(STABLE) > 0) {
            turn.set(turn.progress().tried(0));
        }
        Cause cause = turn.progress().cause();
        if (cause != null && cause.reason() == Reason.EGRESS_RESTARTING) {
            turn.because(null).fact(Fact.of(Fact.Kind.STARTED));
        }
        return turn.sleep(turn.around(turn.rules().health()));
    }

    /** Not over, but not recording either: viewers are told, and after a while the egress is replaced. */
    private static Transition ailing(Turn turn, Effect current, EgressView view) {
        Instant since = turn.progress().times().troubleSince();
        if (since == null) {
            since = turn.now();
            turn.set(turn.progress().trouble(since));
            if (view.status() != EgressView.Status.ENDING) {
                // Why it ends is not known yet: it may be the room.
                tellInterrupted(turn);
            }
        }
        boolean stalled = Duration.between(since, turn.now()).compareTo(STALL) > 0;
        boolean settledIn = age(turn, current).compareTo(turn.rules().start()) > 0;
        return stalled && settledIn ? turn.call(new Call.StopEgress(view.id())) : turn.sleep(SOON);
    }

    private static Transition lost(Turn turn, Effect current) {
        if (turn.recording().state() == RecordingState.RECORDING) {
            return interrupted(turn, current);
        }
        EgressSteps.gone(turn, current);
        return turn.sleep(turn.backoff(turn.tried(), null));
    }

    /** Viewers are told, and the next step starts another egress on the same key. */
    private static Transition interrupted(Turn turn, Effect current) {
        EgressSteps.gone(turn, current);
        turn.tried();
        turn.set(turn.progress().trouble(turn.now()));
        tellInterrupted(turn);
        return turn.again();
    }

    private static void tellInterrupted(Turn turn) {
        Cause cause = turn.progress().cause();
        boolean known = cause != null && cause.reason() == Reason.EGRESS_RESTARTING;
        if (!known) {
            turn.because(Cause.of(Reason.EGRESS_RESTARTING)).fact(Fact.of(Fact.Kind.STARTED));
        }
    }

    private static boolean streamIs(Health health, StreamView.Status status) {
        @Nullable StreamView view = health.stream();
        return view != null && view.status() == status;
    }

    private static Duration age(Turn turn, Effect effect) {
        return Duration.between(effect.intentAt(), turn.now());
    }
}
