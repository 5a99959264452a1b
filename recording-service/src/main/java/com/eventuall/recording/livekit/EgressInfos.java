package com.eventuall.recording.livekit;

import com.eventuall.recording.EgressView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitEgress.EgressInfo;
import livekit.LivekitEgress.EgressStatus;

/** LiveKit's egress in the core's words. */
final class EgressInfos {
    private EgressInfos() {}

    static EgressView view(EgressInfo info) {
        String details = info.getDetails().isEmpty() ? info.getError() : info.getDetails();
        return new EgressView(
                info.getEgressId(),
                status(info.getStatus()),
                info.getRoomName(),
                String.join(" ", urls(info)),
                Instant.ofEpochSecond(0, info.getStartedAt()),
                details);
    }

    /** Where it pushes to, by its results or, before it has any, by the request it was made from; keys are redacted. */
    private static List<String> urls(EgressInfo info) {
        List<String> urls = new ArrayList<>();
        info.getStreamResultsList().forEach(result -> urls.add(result.getUrl()));
        if (urls.isEmpty()) {
            info.getRoomComposite().getStreamOutputsList().forEach(output -> urls.addAll(output.getUrlsList()));
        }
        return urls;
    }

    /** A status of a newer LiveKit counts as running: acting on it would be a guess. */
    private static EgressView.Status status(EgressStatus status) {
        return switch (status) {
            case EGRESS_STARTING -> EgressView.Status.STARTING;
            case EGRESS_ACTIVE -> EgressView.Status.ACTIVE;
            case EGRESS_ENDING -> EgressView.Status.ENDING;
            case EGRESS_COMPLETE -> EgressView.Status.COMPLETE;
            case EGRESS_FAILED -> EgressView.Status.FAILED;
            case EGRESS_ABORTED -> EgressView.Status.ABORTED;
            case EGRESS_LIMIT_REACHED -> EgressView.Status.LIMIT_REACHED;
            case UNRECOGNIZED -> EgressView.Status.UNKNOWN;
        };
    }
}
