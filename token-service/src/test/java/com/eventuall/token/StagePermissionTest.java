package com.eventuall.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.platform.events.EventPublisher;
import com.eventuall.platform.events.OutgoingEvent;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.SharedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Under the policy {@code stage}: what people may do at LiveKit follows the live list, whatever the order of events. */
@QuarkusTest
@TestProfile(StagePermissionTest.StagePolicy.class)
@QuarkusTestResource(value = LivekitResource.class, restrictToAnnotatedClass = true)
class StagePermissionTest extends ServiceTest {
    private static final RoomKey LIVE_ROOM = new RoomKey("e1", "main");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final AtomicLong SEQUENCE = new AtomicLong();

    @ConfigProperty(name = "test.livekit.sandbox")
    String livekit;

    @Inject
    RedisCommands redis;

    @Inject
    EventPublisher events;

    public static class StagePolicy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("token.publish-policy", "stage");
        }
    }

    @BeforeEach
    void empty() {
        given().delete(livekit + "/faults");
        given().post(livekit + "/reset");
        redis.send(Command.DEL, SharedKeys.stage(LIVE_ROOM)).await().atMost(LIMIT);
    }

    @Test
    void participantMayPublishOnStageOnly() {
        connect(PassRequest.participant("e1", "ann"));
        assertThat(mayPublish("ann")).isFalse();
        enter("ann");
        await().until(() -> mayPublish("ann"));
        assertThat(granted("ann"))
                .as("the set is sent whole")
                .containsExactlyInAnyOrder("can_subscribe", "can_publish", "can_publish_data");
        exit("ann");
        await().until(() -> !mayPublish("ann"));
        assertThat(granted("ann")).containsExactly("can_subscribe");
    }

    @Test
    void moderatorKeepsPublishingAfterLeavingTheStage() {
        connect(PassRequest.moderator("e1", "mod"));
        connect(PassRequest.participant("e1", "ann"));
        enter("mod");
        exit("mod");
        enter("ann");
        await().until(() -> mayPublish("ann"));
        assertThat(mayPublish("mod")).isTrue();
    }

    @Test
    void tokenOfSomebodyOnStageAllowsToPublish() {
        redis.send(Command.HSET, SharedKeys.stage(LIVE_ROOM), "ann", "{}")
                .await()
                .atMost(LIMIT);
        connect(PassRequest.participant("e1", "ann"));
        assertThat(mayPublish("ann")).isTrue();
    }

    @Test
    void lateAndRepeatedEventsChangeNothing() {
        connect(PassRequest.participant("e1", "ann"));
        connect(PassRequest.participant("e1", "bo"));
        enter("ann");
        await().until(() -> mayPublish("ann"));
        // The exit of an earlier stay, and the entry once more.
        publishExit("ann");
        publishEntry("ann");
        enter("bo");
        await().until(() -> mayPublish("bo"));
        assertThat(mayPublish("ann")).isTrue();
    }

    @Test
    void whoConnectsWithAnOutdatedTokenIsCorrected() {
        String token = token(PassRequest.participant("e1", "ann"));
        enter("ann");
        join(token);
        assertThat(mayPublish("ann")).isFalse();
        publishJoined("ann");
        await().until(() -> mayPublish("ann"));
    }

    @Test
    void permissionWaitsForLivekitToComeBack() {
        connect(PassRequest.participant("e1", "ann"));
        given().contentType("application/json")
                .body(new JsonObject()
                        .put("operation", "UpdateParticipant")
                        .put("effect", "error")
                        .put("status", 503)
                        .put("times", 3)
                        .encode())
                .post(livekit + "/faults")
                .then()
                .statusCode(lessThan(300));
        enter("ann");
        await().atMost(Duration.ofSeconds(20)).until(() -> mayPublish("ann"));
    }

    private void enter(String user) {
        redis.send(Command.HSET, SharedKeys.stage(LIVE_ROOM), user, "{}")
                .await()
                .atMost(LIMIT);
        publishEntry(user);
    }

    private void exit(String user) {
        redis.send(Command.HDEL, SharedKeys.stage(LIVE_ROOM), user).await().atMost(LIMIT);
        publishExit(user);
    }

    private void publishEntry(String user) {
        publish(EventType.STAGE_ENTERED, stay(user));
    }

    private void publishExit(String user) {
        publish(EventType.STAGE_EXITED, stay(user).put("exitedAt", 2).put("reason", "demoted"));
    }

    private void publishJoined(String user) {
        publish(
                EventType.LIVEKIT_EVENT,
                new JsonObject()
                        .put("event", "participant_joined")
                        .put("id", UUID.randomUUID().toString())
                        .put("room", new JsonObject().put("name", LIVE_ROOM.key()))
                        .put("participant", new JsonObject().put("identity", user)));
    }

    private static JsonObject stay(String user) {
        return new JsonObject()
                .put("eventId", "e1")
                .put("roomId", "main")
                .put("userId", user)
                .put("stayId", "7:1")
                .put("enteredAt", 1);
    }

    private void publish(EventType type, JsonObject payload) {
        events.publish(new OutgoingEvent(
                        UUID.randomUUID().toString(),
                        type,
                        LIVE_ROOM.key(),
                        1,
                        SEQUENCE.incrementAndGet(),
                        payload.encode(),
                        null))
                .await()
                .atMost(Duration.ofSeconds(15));
    }

    private void connect(PassRequest request) {
        join(token(request));
    }

    private String token(PassRequest request) {
        return given().auth()
                .oauth2(passes.issue(request))
                .post(ROOM + "/livekit-token")
                .jsonPath()
                .getString("token");
    }

    private void join(String token) {
        given().contentType("application/json")
                .body(new JsonObject().put("token", token).encode())
                .post(livekit + "/join")
                .then()
                .statusCode(200);
    }

    private boolean mayPublish(String user) {
        return permission(user).getBoolean("can_publish", false);
    }

    /** What LiveKit lets that person do. */
    private List<String> granted(String user) {
        return permission(user).stream()
                .filter(right -> Boolean.TRUE.equals(right.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private JsonObject permission(String user) {
        JsonObject state = new JsonObject(given().get(livekit + "/state").asString());
        return state.getJsonArray("rooms").getJsonObject(0).getJsonArray("participants").stream()
                .map(JsonObject.class::cast)
                .filter(participant -> user.equals(participant.getString("identity")))
                .findFirst()
                .orElseThrow()
                .getJsonObject("permission");
    }
}
