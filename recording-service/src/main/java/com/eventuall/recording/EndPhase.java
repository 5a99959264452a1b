package com.eventuall.recording;

import com.eventuall.recording.Observation.AssetsListed;
import com.eventuall.recording.Observation.EgressStopped;
import com.eventuall.recording.Observation.Failed;
import com.eventuall.recording.Observation.Health;
import com.eventuall.recording.Observation.StreamCompleted;
import com.eventuall.recording.Observation.StreamDeleted;
import com.eventuall.recording.Observation.StreamDisabled;
import com.eventuall.recording.clip.RecordedAsset;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** From the stop to final assets: egress first, then the stream, so that no short second asset begins. */
final class EndPhase {

    private static final Duration SOON = Duration.ofMillis(500);

    /** How long an egress may be ending, or may not heed a stop, before the stream is cut off under it. */
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(60);

    private final EgressSteps egress = new EgressSteps();

    Transition stopping(Turn turn, Observation observation) {
        Effect current = EgressSteps.current(turn.recording()).orElse(null);
        if (current != null) {
            String egressId = current.externalId();
            return egressId == null
                    ? egress.settle(turn, current, observation)
                    : stopEgress(turn, current, egressId, observation);
        }
        String streamId = turn.stream().id();
        if (observation instanceof StreamCompleted) {
            return turn.call(new Call.DisableStream(streamId));
        }
        if (observation instanceof StreamDisabled) {
            return turn.to(RecordingState.ASSET_PENDING).again();
        }
        if (observation instanceof Failed failed) {
            return failed(turn, streamId, failed);
        }
        return turn.call(new Call.CompleteStream(streamId));
    }

    private static Transition stopEgress(Turn turn, Effect current, String egressId, Observation observation) {
        if (observation instanceof Health health) {
            EgressView view = health.egress();
            if (view == null) {
                return turn.sleep(turn.backoff(2, health.trouble()));
            }
            if (view.status().over() || stuck(turn, view)) {
                EgressSteps.gone(turn, current);
                return turn.set(turn.progress().tried(0)).again();
            }
            return view.status() == EgressView.Status.ENDING
                    ? turn.sleep(SOON)
                    : turn.call(new Call.StopEgress(egressId));
        }
        if (observation instanceof EgressStopped) {
            turn.tried();
            return turn.sleep(SOON);
        }
        if (observation instanceof Failed failed) {
            int tries = failed.kind() == FailureKind.NOT_NOW ? 1 : turn.tried();
            return turn.sleep(turn.backoff(tries, failed));
        }
        return turn.call(new Call.CheckHealth(egressId, turn.stream().id()));
    }

    /**
     * LiveKit may list an egress for ever whose process is dead. The time alone does not tell: after a crash it may be over
     * before the first stop was sent.
     */
    private static boolean stuck(Turn turn, EgressView view) {
        boolean asked = view.status() == EgressView.Status.ENDING
                || turn.progress().tries() >= turn.rules().maxTries();
        return asked && turn.inState().compareTo(ENDING_LIMIT) > 0;
    }

    /** A refusal means that there is nothing left to complete or disable; everything else is tried until it works. */
    private static Transition failed(Turn turn, String streamId, Failed failed) {
        boolean refused = failed.kind() == FailureKind.REFUSED;
        if (refused && failed.call() instanceof Call.CompleteStream) {
            return turn.call(new Call.DisableStream(streamId));
        }
        if (refused && failed.call() instanceof Call.DisableStream) {
            return turn.to(RecordingState.ASSET_PENDING).again();
        }
        return turn.sleep(turn.backoff(turn.tried(), failed));
    }

    Transition assetPending(Turn turn, Observation observation) {
        if (observation instanceof AssetsListed listed) {
            List<RecordedAsset> assets = listed.assets().stream()
                    .map(AssetView::asset)
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .toList();
            turn.set(turn.recording().withAssets(assets)).set(turn.progress().tried(0));
            return assets.isEmpty() ? noAssets(turn) : assets(turn, assets);
        }
        if (observation instanceof StreamDeleted) {
            return withoutContent(turn);
        }
        if (observation instanceof Failed failed) {
            boolean deleting = failed.call() instanceof Call.DeleteStream;
            if (deleting && (failed.kind() == FailureKind.REFUSED || overdue(turn))) {
                return withoutContent(turn);
            }
            // Not at the first failure: a service that was away for long asks again before it gives up.
            boolean unheard = turn.tried() >= turn.rules().maxTries() && overdue(turn);
            return unheard
                    ? asLastSeen(turn)
                    : turn.sleep(turn.backoff(turn.progress().tries(), failed));
        }
        return turn.call(new Call.ListAssets(turn.stream().id()));
    }

    private static Transition noAssets(Turn turn) {
        if (turn.progress().times().startedAt() != null) {
            return overdue(turn) ? turn.fail(Cause.of(Reason.ASSET_MISSING)) : turn.sleep(poll(turn));
        }
        boolean surely = turn.inState().compareTo(turn.rules().vendor().settle()) > 0;
        return surely ? turn.call(new Call.DeleteStream(turn.stream().id())) : turn.sleep(SOON);
    }

    /** Mux cannot be asked: what it said last has to do. */
    private static Transition asLastSeen(Turn turn) {
        List<RecordedAsset> assets = turn.recording().assets();
        if (!assets.isEmpty()) {
            return assets(turn, assets);
        }
        return turn.progress().times().startedAt() == null
                ? withoutContent(turn)
                : turn.fail(Cause.of(Reason.ASSET_TIMEOUT));
    }

    private static Transition withoutContent(Turn turn) {
        Cause cause = turn.progress().cause();
        return cause == null
                ? turn.finish(RecordingState.CANCELLED, Fact.Kind.STOPPED)
                : turn.finish(RecordingState.FAILED, Fact.Kind.FAILED);
    }

    private static Transition assets(Turn turn, List<RecordedAsset> assets) {
        boolean settled = assets.stream().allMatch(RecordedAsset::settled);
        if (!settled && !overdue(turn)) {
            return turn.sleep(poll(turn));
        }
        List<RecordedAsset> ready = assets.stream()
                .filter(asset -> asset.status() == RecordedAsset.Status.READY)
                .toList();
        boolean neverRan =
                turn.progress().times().startedAt() == null && turn.progress().cause() == null;
        if (ready.isEmpty() && neverRan) {
            return turn.finish(RecordingState.CANCELLED, Fact.Kind.STOPPED);
        }
        if (ready.size() < assets.size()) {
            turn.because(new Cause(settled ? Reason.ASSET_ERRORED : Reason.ASSET_TIMEOUT, existing(ready, assets)));
        }
        return ready.isEmpty()
                ? turn.finish(RecordingState.FAILED, Fact.Kind.FAILED)
                : turn.to(RecordingState.CLIPPING).again();
    }

    private static String existing(List<RecordedAsset> ready, List<RecordedAsset> assets) {
        String kept = ready.stream().map(RecordedAsset::id).collect(Collectors.joining(", "));
        return ready.size() + " of " + assets.size() + " assets exist" + (kept.isEmpty() ? "" : ": " + kept);
    }

    private static boolean overdue(Turn turn) {
        return turn.inState().compareTo(turn.rules().assets().timeout()) > 0;
    }

    /** Rarer the longer it takes: most assets are final within seconds. */
    private static Duration poll(Turn turn) {
        Duration max = turn.rules().assets().pollMax();
        Duration age = turn.inState();
        Duration pause = age.compareTo(SOON) < 0 ? SOON : age;
        return turn.around(pause.compareTo(max) < 0 ? pause : max);
    }
}
