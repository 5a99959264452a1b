package com.eventuall.sandbox.mux;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An asset: what was recorded of one broadcast, or a clip of that. */
final class MuxAsset {
    private static final double MILLIS = 1000.0;

    final String id;
    private final String playbackId;
    private final Instant createdAt;
    private final JsonObject settings;
    private final List<Session> sessions = new ArrayList<>();
    private String status = "preparing";
    private boolean live;
    private @Nullable String liveStreamId;
    private @Nullable String sourceAssetId;
    private @Nullable Double clipLength;
    private @Nullable JsonObject errors;
    private @Nullable Instant openSince;

    private record Session(Instant startedAt, double seconds, boolean slate) {
        JsonObject json() {
            return new JsonObject()
                    .put("started_at", startedAt.toString())
                    .put("duration", seconds)
                    .put("type", slate ? "slate" : "content");
        }
    }

    /** @param settings what was posted, or the stream's {@code new_asset_settings} */
    MuxAsset(String id, String playbackId, Instant createdAt, JsonObject settings) {
        this.id = id;
        this.playbackId = playbackId;
        this.createdAt = createdAt;
        this.settings = settings;
    }

    void recordsStream(String streamId) {
        liveStreamId = streamId;
        live = true;
    }

    void clips(String sourceId, double seconds) {
        sourceAssetId = sourceId;
        clipLength = seconds;
    }

    @Nullable
    String liveStreamId() {
        return liveStreamId;
    }

    String playbackId() {
        return playbackId;
    }

    boolean finished() {
        return status.equals("ready") && !live;
    }

    boolean hasContent() {
        return !sessions.isEmpty();
    }

    double seconds() {
        return clipLength == null
                ? sessions.stream().mapToDouble(Session::seconds).sum()
                : clipLength;
    }

    /** Frames come in from now on. */
    void open(Instant now) {
        openSince = now;
    }

    /** No more frames. */
    void close(Instant now) {
        if (openSince != null) {
            add(openSince, now, false);
            openSince = null;
        }
    }

    /** A still picture was recorded for a while. */
    void slate(Instant from, Instant to) {
        add(from, to, true);
    }

    private void add(Instant from, Instant to, boolean slate) {
        sessions.add(new Session(from, Duration.between(from, to).toMillis() / MILLIS, slate));
    }

    void watchable() {
        status = "ready";
    }

    void finish() {
        live = false;
        status = "ready";
    }

    void fail(String type, String message) {
        live = false;
        status = "errored";
        errors = new JsonObject().put("type", type).put("messages", new JsonArray().add(message));
    }

    /** As the API shows it. */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("created_at", Long.toString(createdAt.getEpochSecond()))
                .put("status", status)
                .put("playback_ids", playbackIds())
                .put("ingest_type", liveStreamId == null ? "on_demand_clip" : "live_rtmp")
                .put("progress", progress());
        if (settings.containsKey("passthrough")) {
            json.put("passthrough", settings.getString("passthrough"));
        }
        if (liveStreamId != null) {
            JsonArray times = new JsonArray();
            sessions.forEach(session -> times.add(session.json()));
            json.put("live_stream_id", liveStreamId).put("is_live", live).put("recording_times", times);
        }
        if (sourceAssetId != null) {
            json.put("source_asset_id", sourceAssetId);
        }
        if (!status.equals("preparing")) {
            json.put("duration", seconds());
        }
        return errors == null ? json : json.put("errors", errors);
    }

    /** As the admin interface shows it: with the inputs that were posted. */
    JsonObject state() {
        return settings.containsKey("inputs") ? json().put("inputs", settings.getJsonArray("inputs")) : json();
    }

    private JsonObject progress() {
        String state = switch (status) {
            case "preparing" -> live ? "live" : "transcoding";
            case "ready" -> live ? "live" : "completed";
            default -> "errored";
        };
        return new JsonObject().put("state", state).put("progress", state.equals("completed") ? 100 : -1);
    }

    /** Without playback policies an asset cannot be played. */
    private JsonArray playbackIds() {
        JsonArray policies =
                settings.getJsonArray("playback_policies", settings.getJsonArray("playback_policy", new JsonArray()));
        JsonArray ids = new JsonArray();
        policies.forEach(
                policy -> ids.add(new JsonObject().put("id", playbackId).put("policy", policy)));
        return ids;
    }
}
