package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A live stream: what was asked for, and who is sending. */
final class MuxStream {
    private static final List<String> COPIED = List.of(
            "latency_mode",
            "reconnect_window",
            "max_continuous_duration",
            "use_slate_for_standard_latency",
            "reconnect_slate_url",
            "passthrough",
            "new_asset_settings",
            "audio_only",
            "test",
            "meta");
    private static final int USUAL_WINDOW = 60;
    private static final int MAX_WINDOW = 1800;
    private static final int MAX_DURATION = 43_200;
    private static final int MAX_PASSTHROUGH = 255;

    final String id;
    private final String playbackId;
    private final Instant createdAt;
    private final JsonObject request;
    private final List<String> recentAssets = new ArrayList<>();
    private String key;
    private boolean disabled;

    /** The broadcast's asset, from connection until the end. */
    @Nullable
    MuxAsset asset;

    /** Cuts the encoder off; null while nobody is connected. */
    @Nullable
    Runnable encoder;

    /** When the encoder of a broadcast left. */
    @Nullable
    Instant leftAt;

    /** Encoders are refused until then. */
    Instant blockedUntil = Instant.MIN;

    /** Grows with every connection and end: timers of an earlier one do nothing. */
    int turn;

    boolean active;

    MuxStream(String id, String playbackId, String key, Instant createdAt, JsonObject request) {
        this.id = id;
        this.playbackId = playbackId;
        this.key = key;
        this.createdAt = createdAt;
        this.request = checked(request);
    }

    private static JsonObject checked(JsonObject request) {
        JsonObject checked = request.copy();
        String mode = request.getString("latency_mode", "standard");
        if (!List.of("standard", "reduced", "low").contains(mode)) {
            throw MuxError.invalid("latency_mode");
        }
        int window = request.getInteger("reconnect_window", mode.equals("standard") ? USUAL_WINDOW : 0);
        int longest = request.getInteger("max_continuous_duration", MAX_DURATION);
        check(window >= 0 && window <= MAX_WINDOW, "reconnect_window must be 0 to 1800");
        check(longest >= USUAL_WINDOW && longest <= MAX_DURATION, "max_continuous_duration must be 60 to 43200");
        check(request.getString("passthrough", "").length() <= MAX_PASSTHROUGH, "passthrough is too long");
        return checked.put("latency_mode", mode)
                .put("reconnect_window", window)
                .put("max_continuous_duration", longest);
    }

    private static void check(boolean holds, String message) throws Refusal {
        if (!holds) {
            throw MuxError.invalid(message);
        }
    }

    void update(JsonObject changes) {
        JsonObject next = request.copy().mergeIn(changes);
        request.mergeIn(checked(next));
    }

    String key() {
        return key;
    }

    void replaceKey(String next) {
        key = next;
    }

    String playbackId() {
        return playbackId;
    }

    boolean disabled() {
        return disabled;
    }

    void disabled(boolean value) {
        disabled = value;
    }

    Duration reconnectWindow() {
        return Duration.ofSeconds(request.getInteger("reconnect_window"));
    }

    Duration maxDuration() {
        return Duration.ofSeconds(request.getInteger("max_continuous_duration"));
    }

    /** Low and reduced latency fill interruptions with a still picture, standard only on request. */
    boolean slate() {
        return !request.getString("latency_mode").equals("standard")
                || request.getBoolean("use_slate_for_standard_latency", false);
    }

    JsonObject assetSettings() {
        return request.getJsonObject("new_asset_settings", new JsonObject());
    }

    void begins(MuxAsset next) {
        asset = next;
        recentAssets.add(next.id);
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("created_at", Long.toString(createdAt.getEpochSecond()))
                .put("status", disabled ? "disabled" : active ? "active" : "idle")
                .put("stream_key", key)
                .put("recent_asset_ids", new JsonArray(List.copyOf(recentAssets)))
                .put("playback_ids", playbackIds());
        for (String field : COPIED) {
            if (request.containsKey(field)) {
                json.put(field, request.getValue(field));
            }
        }
        if (asset != null) {
            json.put("active_asset_id", asset.id);
        }
        return encoder == null ? json : json.put("active_ingest_protocol", "rtmp");
    }

    private JsonArray playbackIds() {
        JsonArray policies =
                request.getJsonArray("playback_policies", request.getJsonArray("playback_policy", new JsonArray()));
        JsonArray ids = new JsonArray();
        policies.forEach(
                policy -> ids.add(new JsonObject().put("id", playbackId).put("policy", policy)));
        return ids;
    }
}
