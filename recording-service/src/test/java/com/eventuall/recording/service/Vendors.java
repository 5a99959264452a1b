package com.eventuall.recording.service;

import com.eventuall.sandbox.Fault;
import com.eventuall.sandbox.SandboxServer;
import com.eventuall.sandbox.livekit.LivekitKeys;
import com.eventuall.sandbox.livekit.LivekitSandbox;
import com.eventuall.sandbox.mux.MuxKeys;
import com.eventuall.sandbox.mux.MuxSandbox;
import com.eventuall.sandbox.mux.MuxTimings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sandboxes of both vendors, linked by the ingest. */
public final class Vendors implements AutoCloseable {
    public static final LivekitKeys LIVEKIT = LivekitKeys.generate();
    public static final MuxKeys MUX = MuxKeys.generate();

    private final Vertx vertx = Vertx.vertx();
    private final MuxSandbox mux = new MuxSandbox(vertx, MUX, MuxTimings.QUICK, List.of());
    private final LivekitSandbox livekit = new LivekitSandbox(vertx, LIVEKIT, List.of(), mux.ingest());
    private final SandboxServer server = SandboxServer.start(vertx, 0, List.of(mux, livekit));

    public String muxUrl() {
        return server.baseUrl("mux");
    }

    public String livekitUrl() {
        return server.ownOrigin("livekit");
    }

    /** Mux's webhooks go there from now on; nowhere when null. */
    public void muxWebhooksTo(@Nullable String url) {
        mux.sendWebhooksTo(url == null ? List.of() : List.of(url));
    }

    public void livekitWebhooksTo(@Nullable String url) {
        livekit.sendWebhooksTo(url == null ? List.of() : List.of(url));
    }

    /** Sets a switch. */
    public void muxFault(String operation, @Nullable String match, int times, String effect, Duration delay) {
        Fault fault = new Fault(operation, match, times, effect, null, delay, null);
        server.call(() -> {
            mux.faults().add(fault);
            mux.faultAdded(fault);
            return fault;
        });
    }

    /** Sets a switch with a status. */
    public void muxError(String operation, int times, int status, @Nullable Integer retryAfter) {
        Fault fault = new Fault(operation, null, times, "error", status, Duration.ZERO, retryAfter);
        server.call(() -> {
            mux.faults().add(fault);
            return fault;
        });
    }

    public void livekitFault(String operation, @Nullable String match, int times, String effect, Duration delay) {
        Fault fault = new Fault(operation, match, times, effect, null, delay, null);
        server.call(() -> {
            livekit.faults().add(fault);
            livekit.faultAdded(fault);
            return fault;
        });
    }

    /** Webhooks of Mux whose body contains {@code match} are lost, repeated or delayed. */
    public void muxWebhookFault(String match, int times, String effect) {
        muxFault(Fault.WEBHOOK, match, times, effect, Duration.ofSeconds(2));
    }

    /** How many calls of an operation, at either vendor, will still meet a switch. */
    public int armed(String operation) {
        return server.call(
                () -> mux.faults().armed(operation) + livekit.faults().armed(operation));
    }

    /** The latest calls of Mux's API, oldest first. */
    public JsonArray muxCalls() {
        return server.call(() -> mux.faults().calls().toJson());
    }

    public void clearFaults() {
        server.call(() -> {
            mux.faults().clear();
            livekit.faults().clear();
            return true;
        });
    }

    /** Closes a room at LiveKit, as when its last participant has left. */
    public void closeRoom(String name) {
        server.call(() -> livekit.closeRoom(name));
    }

    public List<JsonObject> streams() {
        return list(server.call(mux::state), "live_streams");
    }

    public List<JsonObject> assets() {
        return list(server.call(mux::state), "assets");
    }

    public List<JsonObject> egresses() {
        return list(server.call(livekit::state), "egresses");
    }

    /** Live streams of one recording. */
    public List<JsonObject> streamsOf(String recordingId) {
        return streams().stream().filter(tagged(recordingId)).toList();
    }

    /** Recorded assets of one recording. */
    public List<JsonObject> assetsOf(String recordingId) {
        return assets().stream()
                .filter(tagged(recordingId))
                .filter(asset -> asset.getString("source_asset_id") == null)
                .toList();
    }

    /** Clips of one recording. */
    public List<JsonObject> clipsOf(String recordingId) {
        return assets().stream()
                .filter(tagged(recordingId))
                .filter(asset -> asset.getString("source_asset_id") != null)
                .toList();
    }

    public List<JsonObject> egressesOf(String room) {
        return egresses().stream()
                .filter(egress -> room.equals(egress.getString("room_name")))
                .toList();
    }

    private static Predicate<JsonObject> tagged(String recordingId) {
        return object -> object.getString("passthrough", "").contains(recordingId);
    }

    private static List<JsonObject> list(JsonObject state, String name) {
        return stream(state, name).toList();
    }

    private static Stream<JsonObject> stream(JsonObject state, String name) {
        return state.getJsonArray(name).stream().map(JsonObject.class::cast);
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
