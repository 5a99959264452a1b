package com.eventuall.sandbox.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.sandbox.ReceivedWebhooks;
import com.eventuall.sandbox.SandboxClient;
import com.eventuall.sandbox.SandboxServer;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.RoomAdmin;
import io.livekit.server.RoomCreate;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import io.livekit.server.RoomServiceClient;
import io.livekit.server.VideoGrant;
import io.livekit.server.WebhookReceiver;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.Room;
import livekit.LivekitWebhook.WebhookEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Response;

class LivekitSandboxTest {
    private static final LivekitKeys KEYS = LivekitKeys.generate();
    private static final String ROOM = "e1:r1";

    private static Vertx vertx;
    private static SandboxServer server;
    private static LivekitSandbox sandbox;
    private static RoomServiceClient sdk;
    private static SandboxClient http;

    private ReceivedWebhooks received;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        sandbox = new LivekitSandbox(vertx, KEYS, List.of());
        server = SandboxServer.start(vertx, 0, List.of(sandbox));
        sdk = RoomServiceClient.createClient(server.ownOrigin("livekit"), KEYS.apiKey(), KEYS.apiSecret());
        http = new SandboxClient(server.baseUrl("livekit"));
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
    void theVendorsSdkCreatesListsAndDeletesRooms() throws IOException {
        Room room = sdk.createRoom(ROOM, 60).execute().body();
        assertThat(room.getName()).isEqualTo(ROOM);
        assertThat(room.getEmptyTimeout()).isEqualTo(60);
        assertThat(sdk.createRoom(ROOM).execute().body().getSid()).isEqualTo(room.getSid());
        assertThat(sdk.listRooms().execute().body()).extracting(Room::getName).containsExactly(ROOM);

        assertThat(sdk.deleteRoom(ROOM).execute().isSuccessful()).isTrue();
        Response<?> again = sdk.deleteRoom(ROOM).execute();
        assertThat(again.code()).isEqualTo(404);
        assertThat(new JsonObject(again.errorBody().string()).getString("code")).isEqualTo("not_found");
        await().untilAsserted(() -> assertThat(events()).containsExactly("room_started", "room_finished"));
    }

    @Test
    void aPersonWhoJoinsWithATokenIsSeenMayPublishAndLeaves() throws IOException {
        join("u1", new CanPublish(true));
        HttpResponse<String> track = http.post(
                "/publish",
                new JsonObject().put("room", ROOM).put("identity", "u1").put("source", "MICROPHONE"));
        assertThat(track.statusCode()).isEqualTo(200);
        ParticipantInfo joined = sdk.getParticipant(ROOM, "u1").execute().body();
        assertThat(joined.getName()).isEqualTo("Name of u1");
        assertThat(joined.getState()).isEqualTo(ParticipantInfo.State.ACTIVE);
        assertThat(joined.getTracksList()).hasSize(1);

        sdk.removeParticipant(ROOM, "u1").execute();

        assertThat(sdk.listParticipants(ROOM).execute().body()).isEmpty();
        await().untilAsserted(() -> assertThat(events())
                .containsExactly(
                        "room_started",
                        "participant_joined",
                        "track_published",
                        "track_unpublished",
                        "participant_left"));
    }

    @Test
    void takingThePermissionToPublishUnpublishesAndWhatIsLeftOutBecomesFalse() throws IOException {
        join("u1", new CanPublish(true));
        http.post("/publish", new JsonObject().put("room", ROOM).put("identity", "u1"));

        ParticipantPermission none =
                ParticipantPermission.newBuilder().setCanPublish(false).build();
        ParticipantInfo after =
                sdk.updateParticipant(ROOM, "u1", null, null, none).execute().body();

        assertThat(after.getTracksList()).isEmpty();
        assertThat(after.getPermission().getCanSubscribe()).isFalse();
        HttpResponse<String> refused =
                http.post("/publish", new JsonObject().put("room", ROOM).put("identity", "u1"));
        assertThat(refused.statusCode()).isEqualTo(412);
    }

    @Test
    void aSecondJoinOfOneIdentityEndsTheFirst() {
        join("u1", new CanPublish(false));
        join("u1", new CanPublish(false));

        await().untilAsserted(() -> assertThat(events())
                .containsExactly("room_started", "participant_joined", "participant_left", "participant_joined"));
        WebhookEvent left = parsed().get(2);
        assertThat(left.getParticipant().getDisconnectReason().name()).isEqualTo("DUPLICATE_IDENTITY");
    }

    @Test
    void jsonRequestsAreAnsweredInSnakeCaseWithDefaults() {
        String token = token("service", new RoomCreate(true));
        HttpResponse<String> answer = http.send(
                "POST",
                "/twirp/livekit.RoomService/CreateRoom",
                "{\"name\":\"e1:r2\",\"emptyTimeout\":7}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token);

        JsonObject room = new JsonObject(answer.body());
        assertThat(room.getInteger("empty_timeout")).isEqualTo(7);
        assertThat(room.getBoolean("active_recording")).isFalse();
        assertThat(room.getValue("creation_time")).isInstanceOf(String.class);
    }

    @Test
    void tokensWithoutTheGrantOrOfAnotherKeyAreRefused() {
        String path = "/twirp/livekit.RoomService/DeleteRoom";
        String[] weak = {"Content-Type", "application/json", "Authorization", "Bearer " + token("u", new RoomJoin(true))
        };
        HttpResponse<String> notGranted = http.send("POST", path, "{\"room\":\"e1:r1\"}", weak);
        assertThat(notGranted.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(notGranted.body()).getString("code")).isEqualTo("unauthenticated");

        AccessToken foreign =
                new AccessToken(KEYS.apiKey(), LivekitKeys.generate().apiSecret());
        foreign.setIdentity("x");
        foreign.addGrants(new RoomCreate(true));
        HttpResponse<String> forged = http.send(
                "POST", path, "{}", "Content-Type", "application/json", "Authorization", "Bearer " + foreign.toJwt());
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(forged.body()).isEqualTo("invalid authorization token");

        String otherRoom = token("u", new RoomAdmin(true), new RoomName("e1:other"));
        HttpResponse<String> elsewhere = http.send(
                "POST",
                "/twirp/livekit.RoomService/ListParticipants",
                "{\"room\":\"e1:r1\"}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + otherRoom);
        assertThat(elsewhere.statusCode()).isEqualTo(401);
    }

    @Test
    void webhooksAreSignedSoThatTheVendorsReceiverAcceptsThemAndRepeatedUntilTaken() throws IOException {
        received.refuseNext(1);
        sdk.createRoom(ROOM).execute();

        await().untilAsserted(() -> assertThat(received.all()).hasSize(1));
        ReceivedWebhooks.Received webhook = received.all().get(0);
        assertThat(webhook.headers()).containsEntry("content-type", "application/webhook+json");
        WebhookEvent event = new WebhookReceiver(KEYS.apiKey(), KEYS.apiSecret())
                .receive(webhook.body(), webhook.headers().get("Authorization"));
        assertThat(event.getEvent()).isEqualTo("room_started");
        assertThat(event.getId()).startsWith("EV_");
        assertThat(webhook.body()).doesNotContain("activeRecording");
    }

    @Test
    void failureSwitchesHitCallsAndWebhooks() throws IOException {
        fault("{'operation':'CreateRoom','effect':'error','status':503,'retryAfterSeconds':2}");
        Response<Room> failed = sdk.createRoom(ROOM).execute();
        assertThat(failed.code()).isEqualTo(503);
        assertThat(failed.headers().get("Retry-After")).isEqualTo("2");
        assertThat(sdk.listRooms().execute().body()).isEmpty();

        fault("{'operation':'CreateRoom','effect':'error-after-effect','status':500}");
        fault("{'operation':'webhook','effect':'drop-webhook','match':'room_started'}");
        assertThat(sdk.createRoom(ROOM).execute().code()).isEqualTo(500);
        assertThat(sdk.listRooms().execute().body()).hasSize(1);

        fault("{'operation':'webhook','effect':'duplicate-webhook','match':'room_finished'}");
        sdk.deleteRoom(ROOM).execute();
        await().untilAsserted(() -> assertThat(events()).containsExactly("room_finished", "room_finished"));
        assertThat(parsed())
                .extracting(WebhookEvent::getId)
                .containsOnly(parsed().get(0).getId());
        assertThat(http.get("/faults").getJsonArray("faults")).isEmpty();
    }

    @Test
    void stateShowsRoomsAndAMisspeltSwitchIsRefused() {
        join("u1", new CanPublish(false));
        JsonObject room = http.get("/state").getJsonArray("rooms").getJsonObject(0);
        assertThat(room.getInteger("num_participants")).isEqualTo(1);
        assertThat(room.getJsonArray("participants").getJsonObject(0).getString("identity"))
                .isEqualTo("u1");

        assertThat(http.post("/faults", new JsonObject("{\"operation\":\"CreateRoom\",\"effect\":\"eror\"}"))
                        .statusCode())
                .isEqualTo(400);
    }

    private static void fault(String json) {
        assertThat(http.post("/faults", new JsonObject(json.replace('\'', '"'))).statusCode())
                .isEqualTo(201);
    }

    private static void join(String identity, VideoGrant more) {
        String token = token(identity, new RoomJoin(true), new RoomName(ROOM), more);
        assertThat(http.post("/join", new JsonObject().put("token", token)).statusCode())
                .isEqualTo(200);
    }

    private static String token(String identity, VideoGrant... grants) {
        AccessToken token = new AccessToken(KEYS.apiKey(), KEYS.apiSecret());
        token.setIdentity(identity);
        token.setName("Name of " + identity);
        token.addGrants(grants);
        return token.toJwt();
    }

    private List<String> events() {
        return parsed().stream().map(WebhookEvent::getEvent).toList();
    }

    private List<WebhookEvent> parsed() {
        WebhookReceiver receiver = new WebhookReceiver(KEYS.apiKey(), KEYS.apiSecret());
        return received.all().stream()
                .map(one -> receiver.receive(one.body(), one.headers().get("Authorization")))
                .toList();
    }
}
