package com.eventuall.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.SharedKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TokenRoutesTest extends ServiceTest {
    @Inject
    RedisCommands redis;

    @Test
    void joinHoldsAllThatABrowserNeeds() {
        JsonPath answer = post("/join", participant());
        assertThat(answer.getString("role")).isEqualTo("participant");
        assertThat(answer.getString("user.userId")).isEqualTo("u-1");
        assertThat(answer.getString("user.name")).isEqualTo("Name of u-1");
        assertThat(answer.getString("presence.url"))
                .isEqualTo("wss://live.example.com/v1/events/e1/rooms/main/presence");
        assertThat(answer.getString("queue.url")).isEqualTo("wss://live.example.com/v1/events/e1/rooms/main/queue");
        assertThat(answer.getString("livekit.url")).isEqualTo("wss://video.example.com");
        assertThat(answer.getString("livekit.room")).isEqualTo("e1:main");
        assertThat(answer.getMap("chat")).containsEntry("conversationSid", null);
    }

    @Test
    void joinAndChatTokenNameTheConversationWhenThereIsOne() {
        RoomKey room = new RoomKey("e1", "with-chat");
        String path = "/v1/events/e1/rooms/with-chat";
        redis.send(Command.SET, SharedKeys.conversation(room), "CH1").await().indefinitely();

        assertThat(postTo(path + "/join", participant()).getString("chat.conversationSid"))
                .isEqualTo("CH1");
        assertThat(postTo(path + "/chat-token", participant()).getString("conversationSid"))
                .isEqualTo("CH1");
    }

    @Test
    void livekitTokenSaysWhoWhereAndWhat() throws Exception {
        Instant before = Instant.now();
        JsonPath answer = post("/livekit-token", participant());
        JsonObject claims = verified(answer.getString("token"), "a-secret-of-the-tests-with-32-bytes-and-more");
        assertThat(claims.getString("iss")).isEqualTo("APItest");
        assertThat(claims.getString("sub")).isEqualTo("u-1");
        assertThat(claims.getString("name")).isEqualTo("Name of u-1");
        assertThat(new JsonObject(claims.getString("metadata")))
                .isEqualTo(new JsonObject().put("eventId", "e1").put("roomId", "main"));
        assertThat(claims.getJsonObject("attributes").getString("role")).isEqualTo("participant");
        assertThat(claims.getJsonObject("video"))
                .isEqualTo(new JsonObject()
                        .put("roomJoin", true)
                        .put("room", "e1:main")
                        .put("canSubscribe", true)
                        .put("canPublish", true)
                        .put("canPublishData", true));
        assertThat(claims.getLong("nbf"))
                .isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
        // The pass lives an hour, less than a LiveKit token would.
        assertThat(claims.getLong("exp") - before.getEpochSecond()).isBetween(3598L, 3601L);
        assertThat(answer.getLong("expiresAt")).isEqualTo(claims.getLong("exp") * 1000);
    }

    @Test
    void chatTokenIsGoodForOurChatServiceOnly() throws Exception {
        JsonPath answer = post("/chat-token", participant());
        String token = answer.getString("token");
        JsonObject header = part(token, 0);
        assertThat(header.getString("cty")).isEqualTo("twilio-fpa;v=1");
        JsonObject claims = verified(token, "another-secret-of-the-tests-with-32-bytes");
        assertThat(claims.getString("iss")).isEqualTo("SK00000000000000000000000000000001");
        assertThat(claims.getString("sub")).isEqualTo("AC00000000000000000000000000000001");
        assertThat(claims.getJsonObject("grants"))
                .isEqualTo(new JsonObject()
                        .put("identity", "u-1")
                        .put("chat", new JsonObject().put("service_sid", "IS00000000000000000000000000000001")));
        assertThat(claims.getLong("exp") * 1000 - answer.getLong("expiresAt")).isBetween(-1000L, 1000L);
    }

    @Test
    void shortPassStillGivesAChatTokenThatTwilioTakes() throws Exception {
        JsonPath answer = post("/chat-token", participant().withTtlSeconds(30));
        JsonObject claims = verified(answer.getString("token"), "another-secret-of-the-tests-with-32-bytes");
        assertThat(claims.getLong("exp") - Instant.now().getEpochSecond()).isBetween(178L, 181L);
    }

    @Test
    void moderatorIsToldSo() {
        assertThat(post("/join", participant().withRole(Role.MODERATOR)).getString("role"))
                .isEqualTo("moderator");
    }

    @Test
    void passMayBeLimitedToRooms() {
        given().auth()
                .oauth2(passes.issue(participant().withRooms(List.of("main", "side"))))
                .post(ROOM + "/join")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(passes.issue(participant().withRooms(List.of("side"))))
                .post(ROOM + "/join")
                .then()
                .statusCode(403);
    }

    @Test
    void onePersonIsHeldBackAndTheOthersAreNot() {
        String greedy = passes.issue(PassRequest.participant("e1", "greedy-" + UUID.randomUUID()));
        int refused = 0;
        String retryAfter = null;
        for (int i = 0; i < 200; i++) {
            var response = given().auth().oauth2(greedy).post(ROOM + "/livekit-token");
            if (response.statusCode() == 429) {
                refused++;
                retryAfter = response.header("Retry-After");
                assertThat(response.jsonPath().getString("code")).isEqualTo("rate-limited");
            } else {
                assertThat(response.statusCode()).isEqualTo(200);
            }
        }
        assertThat(refused).isPositive();
        assertThat(retryAfter).isEqualTo("1");
        given().auth()
                .oauth2(passes.issue(PassRequest.participant("e1", "modest")))
                .post(ROOM + "/livekit-token")
                .then()
                .statusCode(200);
    }

    private JsonPath post(String route, PassRequest request) {
        return postTo(ROOM + route, request);
    }

    private JsonPath postTo(String path, PassRequest request) {
        return given().auth()
                .oauth2(passes.issue(request))
                .post(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static PassRequest participant() {
        return PassRequest.participant("e1", "u-1");
    }

    private static JsonObject verified(String token, String secret) throws Exception {
        String[] parts = token.split("\\.");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlDecoder().decode(parts[2])).isEqualTo(signature);
        assertThat(part(token, 0).getString("alg")).isEqualTo("HS256");
        return part(token, 1);
    }

    private static JsonObject part(String token, int index) {
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), StandardCharsets.UTF_8));
    }
}
