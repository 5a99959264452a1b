package com.eventuall.sandbox.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.eventuall.sandbox.ReceivedWebhooks;
import com.eventuall.sandbox.RtmpIngest;
import com.eventuall.sandbox.SandboxClient;
import com.eventuall.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request and every answer in here is held against Mux's API description. */
class MuxSandboxTest {
    private static final MuxKeys KEYS = MuxKeys.generate();
    private static final MuxContract CONTRACT = new MuxContract();
    private static final String AUTHORIZATION = "Basic "
            + Base64.getEncoder()
                    .encodeToString((KEYS.tokenId() + ":" + KEYS.tokenSecret()).getBytes(StandardCharsets.UTF_8));
    private static final String STREAM = """
            {"playback_policies":["public"],"latency_mode":"standard","reconnect_window":1,
             "max_continuous_duration":43200,"passthrough":"rec:x",
             "new_asset_settings":{"playback_policies":["public"],"passthrough":"rec:x"}}""";

    private static Vertx vertx;
    private static MuxSandbox sandbox;
    private static SandboxServer server;
    private static SandboxClient http;

    private ReceivedWebhooks received;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        sandbox = new MuxSandbox(vertx, KEYS, MuxTimings.QUICK, List.of());
        server = SandboxServer.start(vertx, 0, List.of(sandbox));
        http = new SandboxClient(server.baseUrl("mux"));
    }

    @AfterAll
    static void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void empty() {
        http.send("POST", "/reset", "");
        received = new ReceivedWebhooks(vertx);
        sandbox.sendWebhooksTo(List.of(received.url()));
    }

    @Test
    void aBroadcastBecomesAnAssetAndTellsEveryStep() {
        JsonObject stream = create();
        assertThat(stream.getString("status")).isEqualTo("idle");
        RtmpIngest.Connection encoder = connect(stream);
        awaitStatus(stream, "active");
        String assetId = get("/live-streams/" + id(stream)).getString("active_asset_id");
        assertThat(asset(assetId).getBoolean("is_live")).isTrue();

        server.call(() -> {
            encoder.close();
            return true;
        });
        call("PUT", "/live-streams/" + id(stream) + "/complete", "", 200);
        awaitStatus(stream, "idle");
        await().until(() -> !asset(assetId).getBoolean("is_live"));
        JsonObject asset = asset(assetId);
        assertThat(asset.getString("status")).isEqualTo("ready");
        assertThat(asset.getString("passthrough")).isEqualTo("rec:x");
        assertThat(asset.getJsonArray("recording_times")).hasSize(1);
        assertThat(asset.getDouble("duration"))
                .isEqualTo(
                        asset.getJsonArray("recording_times").getJsonObject(0).getDouble("duration"));

        await().untilAsserted(() -> assertThat(events())
                .containsExactlyInAnyOrder(
                        "video.live_stream.created",
                        "video.live_stream.connected",
                        "video.asset.created",
                        "video.live_stream.recording",
                        "video.live_stream.active",
                        "video.asset.ready",
                        "video.live_stream.disconnected",
                        "video.live_stream.idle",
                        "video.asset.live_stream_completed"));
        received.all().forEach(MuxSandboxTest::assertSigned);
    }

    @Test
    void aReturnInsideTheWindowContinuesTheAssetAndLeavesAGap() {
        JsonObject stream = create();
        RtmpIngest.Connection first = connect(stream);
        awaitStatus(stream, "active");
        server.call(() -> {
            first.close();
            return true;
        });
        connect(stream);
        await().until(() ->
                events().stream().filter("video.live_stream.recording"::equals).count() == 2);
        call("PUT", "/live-streams/" + id(stream) + "/disable", "", 200);
        onlyFinishedAsset(stream);
        List<JsonObject> sessions = sessions(stream);
        assertThat(sessions).extracting(s -> s.getString("type")).containsExactly("content", "content");
        Instant firstEnd = OffsetDateTime.parse(sessions.get(0).getString("started_at"))
                .toInstant()
                .plusMillis((long) (sessions.get(0).getDouble("duration") * 1000));
        assertThat(OffsetDateTime.parse(sessions.get(1).getString("started_at")).toInstant())
                .isAfter(firstEnd);
    }

    @Test
    void aReturnAfterTheWindowBeginsAnotherAsset() {
        JsonObject stream = create();
        RtmpIngest.Connection first = connect(stream);
        awaitStatus(stream, "active");
        server.call(() -> {
            first.close();
            return true;
        });
        awaitStatus(stream, "idle");
        connect(stream);
        awaitStatus(stream, "active");
        assertThat(assetsOf(stream)).hasSize(2);
    }

    @Test
    void aDisconnectCutsTheEncoderAndLowLatencyFillsTheGapWithSlate() {
        JsonObject stream =
                create(new JsonObject(STREAM).put("latency_mode", "low").put("reconnect_window", 30));
        AtomicBoolean cut = new AtomicBoolean();
        server.call(() -> sandbox.ingest().connect(url(stream), () -> cut.set(true)));
        awaitStatus(stream, "active");
        fault("stream", "disconnect", "rec:x");
        await().untilTrue(cut);
        connect(stream);
        await().until(() ->
                events().stream().filter("video.live_stream.recording"::equals).count() == 2);
        call("PUT", "/live-streams/" + id(stream) + "/complete", "", 200);
        assertThat(sessions(stream))
                .extracting(s -> s.getString("type"))
                .containsExactly("content", "slate", "content");
    }

    @Test
    void clipsAreCutFromFinishedAssetsOnly() {
        JsonObject stream = create();
        RtmpIngest.Connection encoder = connect(stream);
        awaitStatus(stream, "active");
        String source = get("/live-streams/" + id(stream)).getString("active_asset_id");
        call("POST", "/assets", clip(source, 0, 0.1), 400);
        server.call(() -> {
            encoder.close();
            return true;
        });
        double length = onlyFinishedAsset(stream).getDouble("duration");
        call("POST", "/assets", clip(source, 0.2, 0.2), 400);
        call("POST", "/assets", clip(source, 0, length + 1), 400);
        call("POST", "/assets", clip("nosuchasset", 0, 1), 400);

        JsonObject made = call("POST", "/assets", clip(source, 0, length), 201);
        assertThat(made.getString("status")).isEqualTo("preparing");
        await().until(() -> asset(id(made)).getString("status").equals("ready"));
        assertThat(asset(id(made)).getDouble("duration")).isCloseTo(length, within(0.001));
        assertThat(asset(id(made)).getString("source_asset_id")).isEqualTo(source);

        fault("clip", "clip-errored", null);
        JsonObject bad = call("POST", "/assets", clip(source, 0, length), 201);
        await().until(() -> asset(id(bad)).getString("status").equals("errored"));
        call("DELETE", "/assets/" + id(bad), "", 204);
        call("GET", "/assets/" + id(bad), "", 404);
    }

    @Test
    void aDisabledStreamRefusesEncodersUntilItIsEnabled() {
        JsonObject stream = create();
        call("PUT", "/live-streams/" + id(stream) + "/disable", "", 200);
        assertThat(server.call(() -> sandbox.ingest().connect(url(stream), () -> {}))
                        .isPresent())
                .isFalse();
        call("PUT", "/live-streams/" + id(stream) + "/enable", "", 200);
        assertThat(server.call(() -> sandbox.ingest().connect(url(stream), () -> {}))
                        .isPresent())
                .isTrue();
        assertThat(server.call(() -> sandbox.ingest().connect(url(stream), () -> {}))
                        .isPresent())
                .as("a second encoder on one key")
                .isFalse();
    }

    @Test
    void listsAreNewestFirstAndPaged() {
        JsonObject first = create();
        JsonObject second = create();
        JsonObject third = create();
        assertThat(list("/live-streams?limit=2&page=1")).containsExactly(id(third), id(second));
        assertThat(list("/live-streams?limit=2&page=2")).containsExactly(id(first));
        call("POST", "/live-streams/" + id(first) + "/reset-stream-key", "", 201);
        call("PATCH", "/live-streams/" + id(first), "{\"reconnect_window\":90}", 200);
        call("DELETE", "/live-streams/" + id(first), "", 204);
        call("GET", "/live-streams/" + id(first), "", 404);
        call("POST", "/live-streams", "{\"reconnect_window\":9000}", 400);
    }

    @Test
    void withoutTheTokenNothingIsServed() {
        assertThat(http.send("GET", "/video/v1/assets", "", "Authorization", "Basic bm86bm8=")
                        .statusCode())
                .isEqualTo(401);
    }

    private JsonObject create() {
        return create(new JsonObject(STREAM));
    }

    private JsonObject create(JsonObject request) {
        return call("POST", "/live-streams", request.encode(), 201);
    }

    private static String clip(String source, double start, double end) {
        return new JsonObject()
                .put(
                        "inputs",
                        List.of(new JsonObject()
                                .put("url", "mux://assets/" + source)
                                .put("start_time", start)
                                .put("end_time", end)))
                .put("playback_policies", List.of("public"))
                .put("passthrough", "clip:x")
                .encode();
    }

    private static String url(JsonObject stream) {
        return "rtmps://global-live.mux.com:443/app/" + stream.getString("stream_key");
    }

    private static RtmpIngest.Connection connect(JsonObject stream) {
        return server.call(() -> sandbox.ingest().connect(url(stream), () -> {}).orElseThrow());
    }

    private void fault(String operation, String effect, String match) {
        JsonObject fault = new JsonObject().put("operation", operation).put("effect", effect);
        assertThat(http.post("/faults", match == null ? fault : fault.put("match", match))
                        .statusCode())
                .isEqualTo(201);
    }

    private void awaitStatus(JsonObject stream, String status) {
        await().until(() ->
                get("/live-streams/" + id(stream)).getString("status").equals(status));
    }

    private List<JsonObject> sessions(JsonObject stream) {
        return assetsOf(stream).get(assetsOf(stream).size() - 1).getJsonArray("recording_times").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private JsonObject onlyFinishedAsset(JsonObject stream) {
        await().until(() -> assetsOf(stream).stream()
                .noneMatch(asset -> asset.getString("status").equals("preparing") || asset.getBoolean("is_live")));
        assertThat(assetsOf(stream)).hasSize(1);
        return assetsOf(stream).get(0);
    }

    private List<JsonObject> assetsOf(JsonObject stream) {
        return items("/assets?live_stream_id=" + id(stream));
    }

    private List<String> list(String path) {
        return items(path).stream().map(MuxSandboxTest::id).toList();
    }

    private List<JsonObject> items(String path) {
        return new JsonObject(send("GET", path, "", 200))
                .getJsonArray("data").stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject asset(String id) {
        return get("/assets/" + id);
    }

    private JsonObject get(String path) {
        return call("GET", path, "", 200);
    }

    private JsonObject call(String method, String path, String body, int status) {
        String answer = send(method, path, body, status);
        return answer.isEmpty() ? new JsonObject() : new JsonObject(answer).getJsonObject("data", new JsonObject());
    }

    private String send(String method, String path, String body, int status) {
        String whole = "/video/v1" + path;
        String[] headers = body.isEmpty()
                ? new String[] {"Authorization", AUTHORIZATION}
                : new String[] {"Authorization", AUTHORIZATION, "Content-Type", "application/json"};
        HttpResponse<String> answer = http.send(method, whole, body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        boolean wrongOnPurpose = status == 400;
        assertThat(wrongOnPurpose ? List.of() : CONTRACT.violations(method, whole, body, answer))
                .as("%s %s %s -> %s", method, whole, body, answer.body())
                .isEmpty();
        return answer.body();
    }

    private static String id(JsonObject object) {
        return object.getString("id");
    }

    private List<String> events() {
        return received.all().stream()
                .map(webhook -> new JsonObject(webhook.body()).getString("type"))
                .toList();
    }

    private static void assertSigned(ReceivedWebhooks.Received webhook) {
        String header = webhook.headers().get("Mux-Signature");
        String time = header.substring(2, header.indexOf(','));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEYS.webhookSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal((time + "." + webhook.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(header).isEqualTo("t=" + time + ",v1=" + HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        JsonObject event = new JsonObject(webhook.body());
        assertThat(OffsetDateTime.parse(event.getString("created_at")).toInstant())
                .isBeforeOrEqualTo(Instant.now());
        assertThat(event.getJsonObject("object").getString("id"))
                .isEqualTo(event.getJsonObject("data").getString("id"));
    }
}
