package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.RtmpIngest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import livekit.LivekitEgress.EgressInfo;
import livekit.LivekitEgress.EgressStatus;
import livekit.LivekitEgress.RoomCompositeEgressRequest;
import livekit.LivekitEgress.StreamInfo;
import livekit.LivekitEgress.StreamOutput;
import livekit.LivekitModels.Room;
import org.jspecify.annotations.Nullable;

/** One egress; its times are nanoseconds, its stream keys shown redacted. */
final class Egress {
    private static final int SHOWN = 3;

    private final EgressInfo.Builder info;
    private final List<String> urls;
    private RtmpIngest.@Nullable Connection connection;

    Egress(String id, Room room, RoomCompositeEgressRequest request, List<String> urls, Instant now) {
        this.urls = List.copyOf(urls);
        this.info = EgressInfo.newBuilder()
                .setEgressId(id)
                .setRoomId(room.getSid())
                .setRoomName(room.getName())
                .setStatus(EgressStatus.EGRESS_STARTING)
                .setStartedAt(nanos(now))
                .setUpdatedAt(nanos(now))
                .setRoomComposite(redact(request));
        this.urls.forEach(url -> info.addStreamResults(StreamInfo.newBuilder().setUrl(redact(url))));
    }

    private static RoomCompositeEgressRequest redact(RoomCompositeEgressRequest request) {
        RoomCompositeEgressRequest.Builder shown =
                request.toBuilder().clearStreamOutputs().clearStream();
        request.getStreamOutputsList().forEach(output -> shown.addStreamOutputs(redact(output)));
        return shown.build();
    }

    private static StreamOutput redact(StreamOutput output) {
        return output.toBuilder()
                .clearUrls()
                .addAllUrls(output.getUrlsList().stream().map(Egress::redact).toList())
                .build();
    }

    /** {@code …/app/{abc...xyz}}. */
    static String redact(String url) {
        int slash = url.lastIndexOf('/') + 1;
        String key = url.substring(slash);
        String shown = key.length() <= 2 * SHOWN
                ? "{...}"
                : "{" + key.substring(0, SHOWN) + "..." + key.substring(key.length() - SHOWN) + "}";
        return url.substring(0, slash) + shown;
    }

    String id() {
        return info.getEgressId();
    }

    EgressInfo info() {
        return info.build();
    }

    List<String> urls() {
        return urls;
    }

    EgressStatus status() {
        return info.getStatus();
    }

    boolean over() {
        return switch (info.getStatus()) {
            case EGRESS_STARTING, EGRESS_ACTIVE, EGRESS_ENDING -> false;
            default -> true;
        };
    }

    void connection(RtmpIngest.@Nullable Connection next) {
        connection = next;
    }

    void layout(String layout) {
        info.getRoomCompositeBuilder().setLayout(layout);
    }

    void activate(Instant now) {
        info.setStatus(EgressStatus.EGRESS_ACTIVE).setUpdatedAt(nanos(now));
        info.getStreamResultsBuilderList()
                .forEach(result -> result.setStatus(StreamInfo.Status.ACTIVE).setStartedAt(nanos(now)));
    }

    void retried(Instant now) {
        info.getStreamResultsBuilderList()
                .forEach(result -> result.setRetries(result.getRetries() + 1).setLastRetryAt(nanos(now)));
    }

    void ending(Instant now) {
        info.setStatus(EgressStatus.EGRESS_ENDING).setUpdatedAt(nanos(now));
    }

    void end(EgressStatus status, String details, int errorCode, Instant now) {
        info.setStatus(status)
                .setDetails(details)
                .setErrorCode(errorCode)
                .setUpdatedAt(nanos(now))
                .setEndedAt(nanos(now));
        if (errorCode != 0) {
            info.setError(details);
        }
        StreamInfo.Status ended = errorCode == 0 ? StreamInfo.Status.FINISHED : StreamInfo.Status.FAILED;
        info.getStreamResultsBuilderList()
                .forEach(result -> result.setStatus(ended).setEndedAt(nanos(now)));
        RtmpIngest.Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
