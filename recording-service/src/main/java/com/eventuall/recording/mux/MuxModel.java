package com.eventuall.recording.mux;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mux's JSON, as far as it is used. Enumerations are texts and unknown fields are ignored, so that a new status or field
 * breaks nothing.
 */
final class MuxModel {
    private MuxModel() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record PlaybackId(String id, @Nullable String policy) {}

    record NewAssetSettings(
            @JsonProperty("playback_policies") List<String> playbackPolicies, String passthrough) {}

    /** @param reconnectWindow seconds; Mux's default for low latency is 0, which would end the asset at every hiccup */
    record StreamRequest(
            @JsonProperty("playback_policies") List<String> playbackPolicies,
            @JsonProperty("new_asset_settings") NewAssetSettings newAssetSettings,
            @JsonProperty("latency_mode") String latencyMode,
            @JsonProperty("reconnect_window") int reconnectWindow,
            @JsonProperty("max_continuous_duration") int maxContinuousDuration,
            String passthrough) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stream(
            String id,
            String status,
            @JsonProperty("stream_key") String streamKey,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("playback_ids") @Nullable List<PlaybackId> playbackIds,
            @Nullable String passthrough) {

        /** The key is a credential. */
        @Override
        public String toString() {
            return "Stream[" + id + ", " + status + "]";
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record StreamReply(Stream data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record StreamList(List<Stream> data) {}

    record Input(
            String url,
            @JsonProperty("start_time") double startTime,
            @JsonProperty("end_time") double endTime) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClipRequest(
            List<Input> inputs,
            @JsonProperty("playback_policies") List<String> playbackPolicies,
            String passthrough,
            @JsonProperty("video_quality") @Nullable String videoQuality) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record RecordingTime(
            @JsonProperty("started_at") String startedAt,
            double duration,
            @Nullable String type) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Errors(@Nullable String type, @Nullable List<String> messages) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Asset(
            String id,
            String status,
            @JsonProperty("created_at") String createdAt,
            @Nullable Double duration,
            @JsonProperty("is_live") boolean live,
            @JsonProperty("source_asset_id") @Nullable String sourceAssetId,
            @JsonProperty("recording_times") @Nullable List<RecordingTime> recordingTimes,
            @JsonProperty("playback_ids") @Nullable List<PlaybackId> playbackIds,
            @Nullable Errors errors,
            @Nullable String passthrough) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record AssetReply(Asset data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record AssetList(List<Asset> data) {}
}
