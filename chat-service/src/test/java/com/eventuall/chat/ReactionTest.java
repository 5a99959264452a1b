package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import com.eventuall.platform.redis.RedisCommands;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReactionTest extends ServiceTest {
    private static final String THUMBS_UP = "\uD83D\uDC4D";
    private static final Duration SOON = Duration.ofSeconds(10);

    @Infra
    EmbeddedKafka broker;

    @Inject
    RedisCommands redis;

    private String conversation;

    @BeforeEach
    void open() {
        conversation = enter("ann");
    }

    @Test
    void aReactionIsThereAtOnceAndSoonInTheAttributes() {
        String message = twilio.message(conversation, "{\"kept\":[1,2]}");

        toggle("ann", message, "heart")
                .then()
                .statusCode(200)
                .body("reacted", equalTo(true))
                .body("count", equalTo(1));
        toggle("bob", message, "heart").then().statusCode(200).body("count", equalTo(2));
        toggle("bob", message, THUMBS_UP).then().statusCode(200);
        toggle("ann", message, "heart").then().statusCode(200).body("reacted", equalTo(false));

        assertThat(reactions(message)).isEqualTo(Map.of("heart", List.of("bob"), THUMBS_UP, List.of("bob")));
        JsonObject wanted = new JsonObject()
                .put("kept", new JsonArray().add(1).add(2))
                .put(
                        "reactions",
                        new JsonObject()
                                .put("heart", new JsonArray().add("bob"))
                                .put(THUMBS_UP, new JsonArray().add("bob")));
        awaitAttributes(message, wanted);
    }

    @Test
    void whatIsNotOneEmojiIsRefused() {
        String message = twilio.message(conversation, "{}");

        for (String wrong : List.of("", "a", "lol", THUMBS_UP + THUMBS_UP, "\u0000", "x".repeat(10_000))) {
            toggle("ann", message, wrong).then().statusCode(400);
        }
        as("ann")
                .contentType(ContentType.JSON)
                .post(path + "/chat/messages/" + message + "/reactions")
                .then()
                .statusCode(400);
        assertThat(reactions(message)).isEmpty();
    }

    @Test
    void aMessageThatDoesNotExistHasNoReactions() {
        String unknown = "IM" + "0".repeat(32);

        toggle("ann", unknown, "heart").then().statusCode(404);
        as("ann").get(path + "/chat/messages/" + unknown + "/reactions").then().statusCode(404);
        toggle("ann", "IM1", "heart").then().statusCode(400);
    }

    @Test
    void aMessageHasTwentyDifferentEmojisAtMost() {
        String message = twilio.message(conversation, "{}");
        for (int i = 0; i < 20; i++) {
            toggle("ann", message, Character.toString(0x1F600 + i)).then().statusCode(200);
        }

        toggle("bob", message, "heart").then().statusCode(409);
        toggle("bob", message, Character.toString(0x1F600)).then().statusCode(200);
        toggle("ann", message, Character.toString(0x1F601)).then().statusCode(200);
        toggle("bob", message, "heart").then().statusCode(200);
    }

    @Test
    void reactionsAreReadFromTheAttributesWhenRedisHasLostThem() {
        String message = twilio.message(
                conversation, "{\"reactions\":{\"sad\":[\"cid\",\"dan\"]},\"reactionCounts\":{\"sad\":9}}");

        toggle("dan", message, "sad")
                .then()
                .statusCode(200)
                .body("reacted", equalTo(false))
                .body("count", equalTo(8));

        as("ann")
                .get(path + "/chat/messages/" + message + "/reactions")
                .then()
                .statusCode(200)
                .body("reactions.sad", equalTo(List.of("cid")))
                .body("reactionCounts.sad", equalTo(8));
        awaitAttributes(message, new JsonObject("{\"reactions\":{\"sad\":[\"cid\"]},\"reactionCounts\":{\"sad\":8}}"));
        redis.send(Command.FLUSHALL).await().indefinitely();
        assertThat(reactions(message)).isEqualTo(Map.of("sad", List.of("cid")));
    }

    @Test
    void aPageOfMessagesIsReadAtOnce() {
        String first = twilio.message(conversation, "{}");
        String second = twilio.message(conversation, "{}");
        toggle("ann", first, "heart").then().statusCode(200);

        as("ann")
                .get(path + "/chat/reactions?messages=" + first + "," + second + ",IM" + "0".repeat(32))
                .then()
                .statusCode(200)
                .body("messages." + first + ".reactions.heart", equalTo(List.of("ann")))
                .body("messages." + second + ".reactions", equalTo(Map.of()))
                .body("messages.size()", equalTo(2));
        as("ann").get(path + "/chat/reactions").then().statusCode(400);
    }

    @Test
    void togglesAreKeptWhileTwilioDoesNotAnswer() {
        String known = twilio.message(conversation, "{}");
        String fresh = twilio.message(conversation, "{\"reactions\":{\"heart\":[\"ann\",\"cid\"]}}");
        toggle("bob", known, "laugh").then().statusCode(200);
        for (String operation : List.of("fetchMessage", "updateMessage")) {
            twilio.fault(new JsonObject()
                    .put("operation", operation)
                    .put("effect", "error")
                    .put("status", 503)
                    .put("times", 1000));
        }

        toggle("ann", known, "heart").then().statusCode(200).body("reacted", equalTo(true));
        toggle("ann", fresh, "heart").then().statusCode(202);
        toggle("bob", fresh, "heart").then().statusCode(202);
        toggle("cid", fresh, "sad").then().statusCode(202);
        toggle("cid", fresh, "sad").then().statusCode(202);
        as("ann").get(path + "/chat/messages/" + fresh + "/reactions").then().statusCode(503);
        twilio.clearFaults();

        awaitAttributes(known, new JsonObject("{\"reactions\":{\"laugh\":[\"bob\"],\"heart\":[\"ann\"]}}"));
        awaitAttributes(fresh, new JsonObject("{\"reactions\":{\"heart\":[\"cid\",\"bob\"]}}"));
        assertThat(reactions(fresh)).isEqualTo(Map.of("heart", List.of("cid", "bob")));
    }

    @Test
    void aWriteWhoseAnswerWasLostIsNotLost() {
        String message = twilio.message(conversation, "{}");
        twilio.fault(new JsonObject()
                .put("operation", "updateMessage")
                .put("match", message)
                .put("effect", "error-after-effect")
                .put("status", 500)
                .put("times", 2));

        toggle("ann", message, "heart").then().statusCode(200);
        toggle("bob", message, "heart").then().statusCode(200);

        awaitAttributes(message, new JsonObject("{\"reactions\":{\"heart\":[\"ann\",\"bob\"]}}"));
    }

    @Test
    void whoTogglesTooOftenIsHeldBackAndNobodyElseIs() {
        String message = twilio.message(conversation, "{}");
        int toggled = 0;
        Response last = toggle("greedy", message, "heart");
        for (; last.statusCode() == 200 && toggled < 1000; last = toggle("greedy", message, "heart")) {
            toggled++;
        }

        last.then().statusCode(429).header("Retry-After", "1").body("code", equalTo("rate-limited"));
        assertThat(toggled).isGreaterThanOrEqualTo(60);
        toggle("ann", message, "sad").then().statusCode(200);
        assertThat(reactions(message).containsKey("heart"))
                .as("what was refused changed nothing")
                .isEqualTo(toggled % 2 == 1);
    }

    @Test
    void aMessageThatTurnsOutToBeDeletedIsAnnounced() {
        String message = twilio.message(conversation, "{}");
        toggle("ann", message, "heart").then().statusCode(200);
        awaitAttributes(message, new JsonObject("{\"reactions\":{\"heart\":[\"ann\"]}}"));
        twilio.delete("/Conversations/" + conversation + "/Messages/" + message);

        toggle("bob", message, "heart").then().statusCode(200);

        try (Kafka kafka = new Kafka(broker, EventType.CHAT_MESSAGE_REMOVED)) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(kafka.events(EventType.CHAT_MESSAGE_REMOVED, room))
                            .singleElement()
                            .satisfies(event ->
                                    assertThat(event.getString("messageSid")).isEqualTo(message)));
        }
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> toggle("bob", message, "heart").then().statusCode(404));
    }

    private Response toggle(String userId, String message, String emoji) {
        return as(userId)
                .contentType(ContentType.JSON)
                .body(new JsonObject().put("emoji", emoji).encode())
                .post(path + "/chat/messages/" + message + "/reactions");
    }

    private Map<String, List<String>> reactions(String message) {
        return as("ann")
                .get(path + "/chat/messages/" + message + "/reactions")
                .then()
                .statusCode(200)
                .extract()
                .path("reactions");
    }

    private void awaitAttributes(String message, JsonObject wanted) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(twilio.attributes(conversation, message)).isEqualTo(wanted));
    }
}
