package com.eventuall.recording;

import com.eventuall.recording.clip.RecordedAsset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recording as clients see it. Times are epoch milliseconds, positions seconds; nothing secret is in it.
 *
 * @param id recording id
 * @param eventId event
 * @param roomId room
 * @param state as in {@link RecordingState}
 * @param reason why it stopped, failed or is interrupted; {@code null} when nothing is amiss
 * @param detail what exists, for people
 * @param startedAt when it was first seen running
 * @param endedAt when stopping began
 * @param playbackUrl the live picture while it runs, the first recorded asset afterwards
 * @param assets what was recorded
 * @param clips one per time on stage and asset
 */
public record RecordingView(
        String id,
        String eventId,
        String roomId,
        String state,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable Long startedAt,
        @Nullable Long endedAt,
        @Nullable String playbackUrl,
        List<AssetPart> assets,
        List<ClipView> clips) {

    /**
     * A recorded asset.
     *
     * @param id Mux id
     * @param state {@code pending}, {@code ready}, {@code errored} or {@code absent}
     * @param playbackUrl where to watch it
     * @param duration seconds
     */
    public record AssetPart(
            String id, String state, @Nullable String playbackUrl, double duration) {}

    /**
     * A clip.
     *
     * @param id clip id
     * @param userId whose
     * @param state as in {@link Clip.State}
     * @param reason why it failed
     * @param assetId Mux id of the clip's own asset
     * @param playbackUrl where to watch it, once ready
     * @param sourceAssetId the recorded asset it is cut from
     * @param start seconds on that asset
     * @param end seconds on that asset
     * @param stayIds the times on stage it shows
     * @param degraded whether more than half of it is a still picture
     */
    public record ClipView(
            String id,
            String userId,
            String state,
            @Nullable String reason,
            @Nullable String assetId,
            @Nullable String playbackUrl,
            String sourceAssetId,
            double start,
            double end,
            List<String> stayIds,
            boolean degraded) {

        public static ClipView of(Clip clip) {
            return new ClipView(
                    clip.id().toString(),
                    clip.window().userId(),
                    clip.state().name(),
                    clip.reason(),
                    clip.attempt().assetId(),
                    clip.state() == Clip.State.READY ? url(clip.playbackId()) : null,
                    clip.window().assetId(),
                    seconds(clip.window().start()),
                    seconds(clip.window().end()),
                    clip.window().stayIds(),
                    clip.window().degraded());
        }
    }

    public static RecordingView of(Recording recording) {
        Progress progress = recording.progress();
        Cause cause = progress.cause();
        return new RecordingView(
                recording.id().toString(),
                recording.spec().room().eventId(),
                recording.spec().room().roomId(),
                recording.state().name(),
                cause == null ? null : cause.reason().code(),
                cause == null ? null : cause.detail(),
                millis(progress.times().startedAt()),
                millis(progress.times().endedAt()),
                playbackUrl(recording),
                recording.assets().stream().map(RecordingView::part).toList(),
                recording.clips().stream()
                        .filter(clip -> clip.state() != Clip.State.WITHDRAWN)
                        .map(ClipView::of)
                        .toList());
    }

    private static AssetPart part(RecordedAsset asset) {
        String state = asset.status().name().toLowerCase(Locale.ROOT);
        return new AssetPart(asset.id(), state, url(asset.playbackId()), seconds(asset.length()));
    }

    private static @Nullable String playbackUrl(Recording recording) {
        LiveStream stream = recording.stream();
        if (recording.state() == RecordingState.RECORDING && stream != null) {
            return url(stream.playbackId());
        }
        return recording.assets().stream()
                .filter(asset -> asset.status() == RecordedAsset.Status.READY && asset.playbackId() != null)
                .findFirst()
                .map(asset -> url(asset.playbackId()))
                .orElse(null);
    }

    private static @Nullable String url(@Nullable String playbackId) {
        return playbackId == null ? null : "https://stream.mux.com/" + playbackId + ".m3u8";
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
