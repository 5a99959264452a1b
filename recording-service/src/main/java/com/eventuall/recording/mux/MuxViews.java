package com.eventuall.recording.mux;

import com.eventuall.recording.AssetView;
import com.eventuall.recording.LiveStream;
import com.eventuall.recording.StreamKey;
import com.eventuall.recording.StreamView;
import com.eventuall.recording.clip.RecordedAsset;
import com.eventuall.recording.clip.Segment;
import com.eventuall.recording.mux.MuxModel.Asset;
import com.eventuall.recording.mux.MuxModel.PlaybackId;
import com.eventuall.recording.mux.MuxModel.RecordingTime;
import com.eventuall.recording.mux.MuxModel.Stream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mux's JSON in the core's words. */
final class MuxViews {
    private static final double MILLIS = 1000;

    private MuxViews() {}

    static StreamView stream(Stream stream) {
        StreamView.Status status = switch (stream.status()) {
            case "idle" -> StreamView.Status.IDLE;
            case "active" -> StreamView.Status.ACTIVE;
            case "disabled" -> StreamView.Status.DISABLED;
            default -> StreamView.Status.UNKNOWN;
        };
        LiveStream kept =
                new LiveStream(stream.id(), new StreamKey(stream.streamKey()), playbackId(stream.playbackIds()));
        return new StreamView(kept, status, stream.passthrough(), seconds(stream.createdAt()));
    }

    static StreamView absentStream(String id) {
        LiveStream nothing = new LiveStream(id, new StreamKey("no such stream"), null);
        return new StreamView(nothing, StreamView.Status.ABSENT, null, Instant.EPOCH);
    }

    static AssetView asset(Asset asset) {
        List<RecordingTime> times = asset.recordingTimes() == null ? List.of() : asset.recordingTimes();
        Duration duration = asset.duration() == null ? Duration.ZERO : duration(asset.duration());
        String error = asset.errors() == null ? null : asset.errors().type();
        RecordedAsset kept = new RecordedAsset(
                asset.id(),
                status(asset, times),
                playbackId(asset.playbackIds()),
                duration,
                times.stream().map(MuxViews::segment).toList(),
                error);
        return new AssetView(kept, asset.passthrough(), asset.sourceAssetId(), seconds(asset.createdAt()));
    }

    static AssetView absentAsset(String id) {
        RecordedAsset nothing =
                new RecordedAsset(id, RecordedAsset.Status.ABSENT, null, Duration.ZERO, List.of(), null);
        return new AssetView(nothing, null, null, Instant.EPOCH);
    }

    /** {@code ready} while still live is not the finished recording, nor is one without its sessions. */
    private static RecordedAsset.Status status(Asset asset, List<RecordingTime> times) {
        boolean recording = asset.sourceAssetId() == null;
        return switch (asset.status()) {
            case "ready" ->
                asset.live() || recording && times.isEmpty()
                        ? RecordedAsset.Status.PENDING
                        : RecordedAsset.Status.READY;
            case "errored" -> RecordedAsset.Status.ERRORED;
            default -> RecordedAsset.Status.PENDING;
        };
    }

    private static Segment segment(RecordingTime time) {
        Instant startedAt = OffsetDateTime.parse(time.startedAt()).toInstant();
        return new Segment(startedAt, duration(time.duration()), "slate".equals(time.type()));
    }

    private static @Nullable String playbackId(@Nullable List<PlaybackId> ids) {
        return ids == null || ids.isEmpty() ? null : ids.get(0).id();
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS));
    }

    private static Instant seconds(String unix) {
        return Instant.ofEpochSecond(Long.parseLong(unix));
    }
}
