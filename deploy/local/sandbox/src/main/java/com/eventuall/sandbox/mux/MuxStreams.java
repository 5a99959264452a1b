package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Fault;
import com.eventuall.sandbox.Faults;
import com.eventuall.sandbox.RtmpIngest;
import com.eventuall.sandbox.Sids;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All live streams and their broadcasts. Belongs to the server's event loop. */
final class MuxStreams implements RtmpIngest {
    static final String SLOW_ACTIVE = "slow-active";
    static final String DISCONNECT = "disconnect";

    private static final String STREAM = "stream";
    private static final int ID_LENGTH = 40;
    private static final int KEY_LENGTH = 36;

    private final Vertx vertx;
    private final Clock clock;
    private final Sids sids;
    private final Faults faults;
    private final MuxTimings timings;
    private final MuxWebhooks webhooks;
    private final MuxAssets assets;
    private final Map<String, MuxStream> streams = new LinkedHashMap<>();

    MuxStreams(
            Vertx vertx,
            Clock clock,
            Sids sids,
            Faults faults,
            MuxTimings timings,
            MuxWebhooks webhooks,
            MuxAssets assets) {
        this.vertx = vertx;
        this.clock = clock;
        this.sids = sids;
        this.faults = faults;
        this.timings = timings;
        this.webhooks = webhooks;
        this.assets = assets;
    }

    MuxStream create(JsonObject request) {
        MuxStream stream = new MuxStream(
                sids.letters("", ID_LENGTH),
                sids.letters("", ID_LENGTH),
                sids.letters("", KEY_LENGTH),
                clock.instant(),
                request);
        streams.put(stream.id, stream);
        send("created", stream);
        return stream;
    }

    MuxStream get(String id) {
        return Optional.ofNullable(streams.get(id)).orElseThrow(MuxError::notFound);
    }

    /** Newest first. */
    List<MuxStream> all() {
        List<MuxStream> all = new ArrayList<>(streams.values());
        Collections.reverse(all);
        return all;
    }

    void resetKey(MuxStream stream) {
        stream.replaceKey(sids.letters("", KEY_LENGTH));
    }

    /** Ends the broadcast; an encoder that keeps sending begins another one. */
    void complete(MuxStream stream) {
        boolean sending = stream.encoder != null;
        end(stream);
        if (sending) {
            begin(stream);
        }
    }

    void disable(MuxStream stream) {
        stream.disabled(true);
        cut(stream);
        end(stream);
        send("disabled", stream);
    }

    void enable(MuxStream stream) {
        stream.disabled(false);
        send("enabled", stream);
    }

    void delete(MuxStream stream) {
        cut(stream);
        end(stream);
        streams.remove(stream.id);
        send("deleted", stream);
    }

    void clear() {
        streams.values().forEach(stream -> stream.turn++);
        streams.clear();
    }

    @Override
    public Optional<Connection> connect(String url, Runnable cut) {
        String key = url.substring(url.lastIndexOf('/') + 1);
        Optional<MuxStream> known = streams.values().stream()
                .filter(stream -> stream.key().equals(key))
                .filter(stream -> !stream.disabled() && stream.encoder == null)
                .filter(stream -> !clock.instant().isBefore(stream.blockedUntil))
                .findFirst();
        return known.map(stream -> {
            stream.encoder = cut;
            begin(stream);
            return () -> leave(stream, cut);
        });
    }

    /** An encoder is there: a new broadcast, or the one it left within the window. */
    private void begin(MuxStream stream) {
        int turn = ++stream.turn;
        MuxAsset asset = stream.asset;
        if (asset == null) {
            asset = assets.broadcast(stream.id, stream.assetSettings());
            stream.begins(asset);
            long longest = stream.maxDuration().toMillis();
            MuxAsset begun = asset;
            vertx.setTimer(longest, timer -> {
                if (begun == stream.asset) {
                    complete(stream);
                }
            });
        }
        send("connected", stream);
        MuxAsset recorded = asset;
        vertx.setTimer(timings.recording().toMillis(), timer -> record(stream, turn, recorded));
    }

    private void record(MuxStream stream, int turn, MuxAsset asset) {
        if (turn != stream.turn) {
            return;
        }
        Instant now = clock.instant();
        if (stream.leftAt != null && stream.slate()) {
            asset.slate(stream.leftAt, now);
        }
        stream.leftAt = null;
        asset.open(now);
        send("recording", stream);
        if (!stream.active) {
            Duration more = faults.take(STREAM, SLOW_ACTIVE, stream.json().encode())
                    .map(Fault::delay)
                    .orElse(Duration.ZERO);
            vertx.setTimer(timings.active().plus(more).toMillis(), timer -> activate(stream, asset));
        }
    }

    private void activate(MuxStream stream, MuxAsset asset) {
        if (stream.asset != asset || stream.active) {
            return;
        }
        stream.active = true;
        send("active", stream);
        assets.watchable(asset);
        faults.take(STREAM, DISCONNECT, stream.json().encode()).ifPresent(fault -> disconnect(stream, fault));
    }

    /** A disconnect was asked for: hits the streams that are being sent to now, or else the next that becomes active. */
    void disconnectMatching() {
        streams.values().stream()
                .filter(stream -> stream.active && stream.encoder != null)
                .toList()
                .forEach(stream -> faults.take(STREAM, DISCONNECT, stream.json().encode())
                        .ifPresent(fault -> disconnect(stream, fault)));
    }

    private void disconnect(MuxStream stream, Fault fault) {
        stream.blockedUntil = clock.instant().plus(fault.delay());
        cut(stream);
    }

    private void cut(MuxStream stream) {
        Runnable encoder = stream.encoder;
        if (encoder != null) {
            leave(stream, encoder);
            encoder.run();
        }
    }

    private void leave(MuxStream stream, Runnable encoder) {
        if (stream.encoder != encoder) {
            return;
        }
        stream.encoder = null;
        int turn = ++stream.turn;
        MuxAsset asset = stream.asset;
        if (asset == null) {
            return;
        }
        asset.close(clock.instant());
        stream.leftAt = clock.instant();
        send("disconnected", stream);
        vertx.setTimer(Math.max(1, stream.reconnectWindow().toMillis()), timer -> {
            if (turn == stream.turn) {
                end(stream);
            }
        });
    }

    private void end(MuxStream stream) {
        stream.turn++;
        MuxAsset asset = stream.asset;
        stream.asset = null;
        stream.leftAt = null;
        if (asset == null) {
            return;
        }
        asset.close(clock.instant());
        stream.active = false;
        send("idle", stream);
        assets.finish(asset);
    }

    private void send(String what, MuxStream stream) {
        webhooks.send("video.live_stream." + what, stream.json());
    }
}
