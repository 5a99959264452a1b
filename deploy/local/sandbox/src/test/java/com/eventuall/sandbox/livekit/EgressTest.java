package com.eventuall.sandbox.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.sandbox.ReceivedWebhooks;
import com.eventuall.sandbox.RtmpIngest;
import com.eventuall.sandbox.SandboxClient;
import com.eventuall.sandbox.SandboxServer;
import io.livekit.server.EgressServiceClient;
import io.livekit.server.RoomServiceClient;
import io.livekit.server.WebhookReceiver;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import livekit.LivekitEgress.EgressInfo;
import livekit.LivekitEgress.EgressStatus;
import livekit.LivekitEgress.StreamOutput;
import livekit.LivekitWebhook.WebhookEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Response;

/** Egress, driven by LiveKit's own SDK. */
class EgressTest {
    private static final LivekitKeys KEYS = LivekitKeys.generate();
    private static final String ROOM = "e1:r1";
    private static final String KEY = "abcdefgh-secret-uvwxyz";

    private static Vertx vertx;
    private static SandboxServer server;
    private static LivekitSandbox sandbox;
    private static EgressServiceClient sdk;
    private static RoomServiceClient rooms;
    private static SandboxClient http;
    private static final Receiver RECEIVER = new Receiver();

    private ReceivedWebhooks received;

    /** Accepts unless told otherwise, and remembers what it was asked. */
    private static final class Receiver implements RtmpIngest {
        private final List<String> urls = new ArrayList<>();
        private int open;
        private boolean refuses;
        private Runnable cut = () -> {};

        @Override
        public Optional<Connection> connect(String url, Runnable cutOff) {
            urls.add(url);
            if (refuses) {
                return Optional.empty();
            }
            cut = cutOff;
            open++;
            return Optional.of(() -> open--);
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        sandbox = new LivekitSandbox(vertx, KEYS, List.of(), RECEIVER);
        server = SandboxServer.start(vertx, 0, List.of(sandbox));
        sdk = EgressServiceClient.createClient(server.ownOrigin("livekit"), KEYS.apiKey(), KEYS.apiSecret());
        rooms = RoomServiceClient.createClient(server.ownOrigin("livekit"), KEYS.apiKey(), KEYS.apiSecret());
        http = new SandboxClient(server.baseUrl("livekit"));
    }

    @AfterAll
    static void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void empty() throws IOException {
        http.send("POST", "/reset", "");
        http.send("DELETE", "/faults", "");
        received = new ReceivedWebhooks(vertx);
        sandbox.sendWebhooksTo(List.of(received.url()));
        server.call(() -> {
            RECEIVER.urls.clear();
            RECEIVER.open = 0;
            RECEIVER.refuses = false;
            return true;
        });
        assertThat(rooms.createRoom(ROOM).execute().isSuccessful()).isTrue();
    }

    @Test
    void anEgressStartsPushesStopsAndTellsEveryStep() throws IOException {
        EgressInfo started = begin();
        assertThat(started.getStatus()).isEqualTo(EgressStatus.EGRESS_STARTING);
        assertThat(started.getRoomName()).isEqualTo(ROOM);
        awaitStatus(started, EgressStatus.EGRESS_ACTIVE);
        EgressInfo active = read(started);
        assertThat(active.getStreamResults(0).getStartedAt()).isPositive();
        assertThat(active.getStreamResults(0).getUrl()).isEqualTo("rtmps://global-live.mux.com:443/app/{abc...xyz}");
        assertThat(active.toString()).doesNotContain(KEY);
        assertThat(server.call(() -> RECEIVER.urls)).containsExactly("rtmps://global-live.mux.com:443/app/" + KEY);

        assertThat(sdk.stopEgress(started.getEgressId()).execute().body().getStatus())
                .isEqualTo(EgressStatus.EGRESS_ENDING);
        awaitStatus(started, EgressStatus.EGRESS_COMPLETE);
        assertThat(read(started).getDetails()).isEqualTo("End reason: StopEgress API");
        assertThat(server.call(() -> RECEIVER.open)).isZero();
        await().untilAsserted(() -> assertThat(events(started))
                .containsExactly("egress_started", "egress_updated", "egress_updated", "egress_ended"));
    }

    @Test
    void aSecondStopIsRefusedAndAnUnknownEgressIsNotFound() throws IOException {
        EgressInfo started = begin();
        awaitStatus(started, EgressStatus.EGRESS_ACTIVE);
        sdk.stopEgress(started.getEgressId()).execute();
        assertError(sdk.stopEgress(started.getEgressId()).execute(), 412, "failed_precondition");
        awaitStatus(started, EgressStatus.EGRESS_COMPLETE);
        assertError(sdk.stopEgress(started.getEgressId()).execute(), 412, "failed_precondition");
        assertError(sdk.stopEgress("EG_unknown").execute(), 404, "not_found");
        assertError(sdk.listEgress(null, "EG_unknown").execute(), 404, "not_found");
    }

    @Test
    void aRoomThatIsNotThereCannotBeRecorded() throws IOException {
        assertError(start("e1:elsewhere"), 404, "not_found");
    }

    @Test
    void theEndOfTheRoomIsTheEndOfItsEgress() throws IOException {
        EgressInfo started = begin();
        awaitStatus(started, EgressStatus.EGRESS_ACTIVE);
        rooms.deleteRoom(ROOM).execute();
        awaitStatus(started, EgressStatus.EGRESS_COMPLETE);
        assertThat(read(started).getDetails()).isEqualTo("End reason: Source closed");
    }

    @Test
    void aStopBeforeTheStartAborts() throws IOException {
        fault("slow-start", 60_000);
        EgressInfo started = begin();
        sdk.stopEgress(started.getEgressId()).execute();
        EgressInfo ended = read(started);
        assertThat(ended.getStatus()).isEqualTo(EgressStatus.EGRESS_ABORTED);
        assertThat(ended.getErrorCode()).isEqualTo(412);
    }

    @Test
    void aReceiverThatRefusesFailsTheEgress() throws IOException {
        server.call(() -> RECEIVER.refuses = true);
        EgressInfo started = begin();
        awaitStatus(started, EgressStatus.EGRESS_FAILED);
        assertThat(read(started).getErrorCode()).isEqualTo(503);
    }

    @Test
    void aReceiverThatCutsTheConnectionIsTriedAgain() throws IOException {
        EgressInfo started = begin();
        awaitStatus(started, EgressStatus.EGRESS_ACTIVE);
        server.call(() -> {
            RECEIVER.cut.run();
            return true;
        });
        await().until(() -> server.call(() -> RECEIVER.urls.size()) == 2);
        assertThat(read(started).getStatus()).isEqualTo(EgressStatus.EGRESS_ACTIVE);
    }

    @Test
    void aFailureHitsWhatIsRunning() throws IOException {
        EgressInfo started = begin();
        awaitStatus(started, EgressStatus.EGRESS_ACTIVE);
        fault("fail", 0);
        assertThat(read(started).getStatus()).isEqualTo(EgressStatus.EGRESS_FAILED);
        assertThat(sdk.listEgress(ROOM, null, true).execute().body()).isEmpty();
        assertThat(sdk.listEgress(ROOM).execute().body()).hasSize(1);
        assertThat(http.get("/state").getJsonArray("egresses").getJsonObject(0).getString("status"))
                .isEqualTo("EGRESS_FAILED");
    }

    private static Response<EgressInfo> start(String room) throws IOException {
        StreamOutput output = StreamOutput.newBuilder().addUrls("mux://" + KEY).build();
        return sdk.startRoomCompositeEgress(room, output, "grid").execute();
    }

    private static EgressInfo begin() throws IOException {
        return start(ROOM).body();
    }

    private static EgressInfo read(EgressInfo egress) throws IOException {
        return sdk.listEgress(null, egress.getEgressId()).execute().body().get(0);
    }

    private static void awaitStatus(EgressInfo egress, EgressStatus status) {
        await().until(() -> read(egress).getStatus() == status);
    }

    private static void fault(String effect, int delayMs) {
        JsonObject fault = new JsonObject()
                .put("operation", "egress")
                .put("match", ROOM)
                .put("effect", effect)
                .put("delayMs", delayMs);
        assertThat(http.post("/faults", fault).statusCode()).isEqualTo(201);
    }

    private static void assertError(Response<?> response, int status, String code) throws IOException {
        assertThat(response.code()).isEqualTo(status);
        assertThat(new JsonObject(response.errorBody().string()).getString("code"))
                .isEqualTo(code);
    }

    private List<String> events(EgressInfo egress) {
        WebhookReceiver receiver = new WebhookReceiver(KEYS.apiKey(), KEYS.apiSecret());
        return received.all().stream()
                .map(webhook ->
                        receiver.receive(webhook.body(), webhook.headers().get("Authorization")))
                .filter(event -> event.getEgressInfo().getEgressId().equals(egress.getEgressId()))
                .map(WebhookEvent::getEvent)
                .toList();
    }
}
