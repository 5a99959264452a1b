package com.eventuall.recording;

import com.eventuall.recording.Observation.EgressStarted;
import com.eventuall.recording.Observation.EgressesFound;
import com.eventuall.recording.Observation.Failed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Making an egress and finding out whether one was made; the same while starting, running and stopping. */
final class EgressSteps {

    /** Stores the intent of one more egress and starts it. One that was surely not made leaves its place to the next. */
    Transition start(Turn turn) {
        int ordinal = turn.recording()
                .latest(Effect.Kind.EGRESS)
                .map(last -> last.state() == Effect.State.REFUSED ? last.ordinal() : last.ordinal() + 1)
                .orElse(0);
        turn.set(Effect.intent(Effect.Kind.EGRESS, ordinal, turn.now()));
        RecordingSpec spec = turn.recording().spec();
        return turn.call(new Call.StartEgress(spec.room(), spec.layout(), turn.streamKey()));
    }

    /** The egress that exists or may exist, if any. */
    static Optional<Effect> current(Recording recording) {
        return recording.latest(Effect.Kind.EGRESS).filter(Effect::open);
    }

    /** The current egress is over. */
    static void gone(Turn turn, Effect effect) {
        turn.set(effect.gone());
    }

    /**
     * Takes an observation about an egress of which only the intent is known. Afterwards the effect is DONE or over, or
     * the answer is to wait.
     */
    Transition settle(Turn turn, Effect intent, Observation observation) {
        if (observation instanceof EgressStarted started) {
            return turn.set(intent.done(started.egress().id())).again();
        }
        if (observation instanceof EgressesFound found) {
            String id = oldestUnknown(turn.recording(), found.egresses());
            if (id == null) {
                turn.tried();
                return turn.set(intent.gone()).again();
            }
            return turn.set(intent.done(id)).again();
        }
        if (observation instanceof Failed failed) {
            return failed(turn, intent, failed);
        }
        Instant settledAt = intent.intentAt().plus(turn.rules().vendor().unsettled());
        return turn.now().isBefore(settledAt)
                ? turn.sleepUntil(settledAt)
                : turn.call(new Call.FindEgresses(turn.recording().spec().room(), turn.streamKey()));
    }

    private static Transition failed(Turn turn, Effect intent, Failed failed) {
        if (!(failed.call() instanceof Call.StartEgress)) {
            // A look-up says nothing about the egress, so it costs no try.
            return turn.sleep(turn.backoff(2, failed));
        }
        return switch (failed.kind()) {
            case UNKNOWN ->
                turn.sleepUntil(intent.intentAt().plus(turn.rules().vendor().unsettled()));
            case NOT_NOW -> {
                turn.set(intent.refused());
                yield turn.sleep(turn.backoff(1, failed));
            }
            case REFUSED -> {
                turn.set(intent.refused());
                yield turn.sleep(turn.backoff(turn.tried(), failed));
            }
        };
    }

    private static @Nullable String oldestUnknown(Recording recording, List<EgressView> egresses) {
        Set<String> known = recording.effects().stream()
                .map(Effect::externalId)
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        return egresses.stream()
                .filter(view -> !known.contains(view.id()))
                .min(Comparator.comparing(EgressView::startedAt).thenComparing(EgressView::id))
                .map(EgressView::id)
                .orElse(null);
    }
}
