package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Fault;
import com.eventuall.sandbox.Faults;
import com.eventuall.sandbox.Sids;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All assets, and how clips are made. Belongs to the server's event loop. */
final class MuxAssets {
    static final String ERRORED = "asset-errored";
    static final String CLIP_ERRORED = "clip-errored";

    private static final Pattern SOURCE = Pattern.compile("mux://assets/([A-Za-z0-9]+)");
    private static final int ID_LENGTH = 40;
    private static final double ROUNDING = 0.05;

    private final Vertx vertx;
    private final Clock clock;
    private final Sids sids;
    private final Faults faults;
    private final MuxTimings timings;
    private final MuxWebhooks webhooks;
    private final Map<String, MuxAsset> assets = new LinkedHashMap<>();

    MuxAssets(Vertx vertx, Clock clock, Sids sids, Faults faults, MuxTimings timings, MuxWebhooks webhooks) {
        this.vertx = vertx;
        this.clock = clock;
        this.sids = sids;
        this.faults = faults;
        this.timings = timings;
        this.webhooks = webhooks;
    }

    /** An asset for a broadcast that begins. */
    MuxAsset broadcast(String streamId, JsonObject settings) {
        MuxAsset asset = add(settings);
        asset.recordsStream(streamId);
        webhooks.send("video.asset.created", asset.json());
        return asset;
    }

    /** A broadcast can be watched. */
    void watchable(MuxAsset asset) {
        asset.watchable();
        webhooks.send("video.asset.ready", asset.json());
    }

    /** A broadcast has ended; its asset is final after a while. */
    void finish(MuxAsset asset) {
        vertx.setTimer(timings.finish().toMillis(), timer -> {
            boolean hit = faults.take("asset", ERRORED, asset.json().encode()).isPresent();
            if (hit || !asset.hasContent()) {
                asset.fail("live_stream_error", hit ? "made by a failure switch" : "nothing was received");
                webhooks.send("video.asset.errored", asset.json());
            } else {
                asset.finish();
                webhooks.send("video.asset.live_stream_completed", asset.json());
            }
        });
    }

    /** Makes a clip; anything else than a clip of an asset is not offered here. */
    MuxAsset clip(JsonObject request) {
        JsonObject input =
                request.getJsonArray("inputs", request.getJsonArray("input")).getJsonObject(0);
        Matcher source = SOURCE.matcher(String.valueOf(input.getString("url")));
        if (!source.matches()) {
            throw MuxError.invalid("only mux://assets/{id} can be an input here");
        }
        MuxAsset original = Optional.ofNullable(assets.get(source.group(1)))
                .orElseThrow(() -> MuxError.invalid("input asset does not exist"));
        if (!original.finished()) {
            throw MuxError.invalid("input asset is not ready");
        }
        double start = input.getDouble("start_time", 0.0);
        double end = input.getDouble("end_time", original.seconds());
        if (start < 0 || end <= start || end > original.seconds() + ROUNDING) {
            throw MuxError.invalid("start_time and end_time must lie within the asset");
        }
        MuxAsset clip = add(request);
        clip.clips(original.id, end - start);
        webhooks.send("video.asset.created", clip.json());
        vertx.setTimer(timings.clip().toMillis(), timer -> finishClip(clip));
        return clip;
    }

    private void finishClip(MuxAsset clip) {
        Optional<Fault> fault = faults.take("clip", CLIP_ERRORED, clip.json().encode());
        if (fault.isPresent()) {
            clip.fail("invalid_input", "made by a failure switch");
            webhooks.send("video.asset.errored", clip.json());
        } else {
            clip.finish();
            webhooks.send("video.asset.ready", clip.json());
        }
    }

    private MuxAsset add(JsonObject settings) {
        MuxAsset asset = new MuxAsset(
                sids.letters("", ID_LENGTH), sids.letters("", ID_LENGTH), clock.instant(), settings.copy());
        assets.put(asset.id, asset);
        return asset;
    }

    MuxAsset get(String id) {
        return Optional.ofNullable(assets.get(id)).orElseThrow(MuxError::notFound);
    }

    void delete(String id) {
        MuxAsset gone = get(id);
        assets.remove(id);
        webhooks.send("video.asset.deleted", gone.json());
    }

    /** Newest first. */
    List<MuxAsset> all() {
        List<MuxAsset> all = new ArrayList<>(assets.values());
        Collections.reverse(all);
        return all;
    }

    void clear() {
        assets.clear();
    }
}
