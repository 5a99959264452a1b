package com.eventuall.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.SharedKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WebhookTest extends ServiceTest {
    private static final String WEBHOOK = "/v1/webhooks/twilio";
    /** Twilio calls the gateway's public address, and signs that. */
    private static final String PUBLIC = "https://live.example.com" + WEBHOOK;

    @Infra
    EmbeddedKafka broker;

    @Inject
    RedisCommands redis;

    @Test
    void aConversationDeletedOutsideIsReplacedAndAnnounced() {
        try (Kafka kafka = new Kafka(broker, EventType.CHAT_ROOM_OPENED)) {
            String first = enter("ann");
            twilio.delete("/Conversations/" + first);
            Map<String, String> removed = event("onConversationRemoved", first);

            genuine(removed).then().statusCode(204);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(kafka.events(EventType.CHAT_ROOM_OPENED, room))
                            .hasSize(2)
                            .extracting(event -> event.getString("conversationSid"))
                            .doesNotHaveDuplicates()
                            .startsWith(first));
            String second =
                    kafka.events(EventType.CHAT_ROOM_OPENED, room).get(1).getString("conversationSid");
            assertThat(enter("ann")).isEqualTo(second);

            genuine(removed).then().statusCode(204);
            assertThat(enter("ann")).isEqualTo(second);
            assertThat(kafka.sequences(EventType.CHAT_ROOM_OPENED, room)).containsExactly(1L, 2L);
        }
    }

    @Test
    void aFormThatIsNoneIsRefused() {
        for (String form : List.of("=", "&=&", "", "a", "=a", "a=b&a=c")) {
            send(form).then().statusCode(401);
        }
        send("%zz=a").then().statusCode(400);
    }

    private static Response send(String form) {
        return given().contentType("application/x-www-form-urlencoded")
                .body(form)
                .post(WEBHOOK);
    }

    @Test
    void aConversationClosedOutsideEndsTheChat() {
        String sid = enter("ann");
        Map<String, String> closed = event("onConversationStateUpdated", sid);
        closed.put("StateFrom", "active");
        closed.put("StateTo", "closed");

        genuine(closed).then().statusCode(204);

        as("ann").post(path + "/chat").then().statusCode(409);
        as("ann").get(path + "/chat").then().statusCode(200).body("state", equalTo("closed"));
        assertThat(redis.send(Command.GET, SharedKeys.conversation(room))
                        .await()
                        .indefinitely())
                .as("what joins are told")
                .isNull();
    }

    @Test
    void aPersonTakenOutOutsideComesInAgain() {
        String sid = enter("ann");
        String participant = twilio.conversation(sid)
                .getJsonArray("participants")
                .getJsonObject(0)
                .getString("sid");
        twilio.delete("/Conversations/" + sid + "/Participants/" + participant);
        Map<String, String> removed = event("onParticipantRemoved", sid);
        removed.put("Identity", "ann");

        genuine(removed).then().statusCode(204);

        assertThat(enter("ann")).isEqualTo(sid);
        assertThat(Twilio.identities(twilio.conversation(sid))).containsExactly("ann");
    }

    @Test
    void aMessageDeletedOutsideIsAnnouncedOnceAndItsReactionsAreForgotten() {
        try (Kafka kafka = new Kafka(broker, EventType.CHAT_MESSAGE_REMOVED)) {
            String sid = enter("ann");
            String message = removeMessageWithReactions(sid);
            Map<String, String> removed = event("onMessageRemoved", sid);
            removed.put("MessageSid", message);

            for (int i = 0; i < 3; i++) {
                genuine(removed).then().statusCode(204);
            }
            String next = removeMessageWithReactions(sid);
            removed.put("MessageSid", next);
            genuine(removed).then().statusCode(204);

            as("ann")
                    .get(path + "/chat/messages/" + message + "/reactions")
                    .then()
                    .statusCode(404);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(kafka.events(EventType.CHAT_MESSAGE_REMOVED, room))
                            .extracting(event -> event.getString("messageSid"))
                            .containsExactly(message, next));
            JsonObject first =
                    kafka.events(EventType.CHAT_MESSAGE_REMOVED, room).get(0);
            assertThat(first.getString("eventId")).isEqualTo("e1");
            assertThat(first.getString("roomId")).isEqualTo(room.roomId());
            assertThat(first.getString("conversationSid")).isEqualTo(sid);
            assertThat(first.getLong("removedAt")).isPositive();
        }
    }

    private String removeMessageWithReactions(String sid) {
        String message = twilio.message(sid, "{}");
        String reactions = path + "/chat/messages/" + message + "/reactions";
        as("ann")
                .contentType(ContentType.JSON)
                .body(new JsonObject().put("emoji", "heart").encode())
                .post(reactions)
                .then()
                .statusCode(200);
        twilio.delete("/Conversations/" + sid + "/Messages/" + message);
        return message;
    }

    @Test
    void whatIsOfNoInterestIsTaken() {
        genuine(event("onMessageAdded", "CH" + "0".repeat(32))).then().statusCode(204);
        genuine(event("onConversationRemoved", "CH" + "0".repeat(32))).then().statusCode(204);
        genuine(event("onSomethingNew", "CH" + "0".repeat(32))).then().statusCode(204);
    }

    @Test
    void forgeriesAreRefusedAndChangeNothing() {
        String sid = enter("ann");
        Map<String, String> removed = event("onConversationRemoved", sid);
        String good = signature(twilio.keys().authToken(), PUBLIC, removed);
        Map<String, String> otherAccount = new HashMap<>(removed);
        otherAccount.put("AccountSid", "AC" + "0".repeat(32));
        Map<String, String> otherService = new HashMap<>(removed);
        otherService.put("ChatServiceSid", "IS" + "0".repeat(32));
        Map<String, String> changed = new HashMap<>(removed);
        changed.put("ConversationSid", "CH" + "1".repeat(32));
        Map<String, String> more = new HashMap<>(removed);
        more.put("X", "1");

        List<Response> refused = new ArrayList<>();
        refused.add(post(removed, ""));
        refused.add(given().contentType(ContentType.URLENC).formParams(removed).post(WEBHOOK));
        refused.add(post(removed, good.substring(1)));
        refused.add(post(removed, (good.startsWith("A") ? "B" : "A") + good.substring(1)));
        refused.add(post(changed, good));
        refused.add(post(more, good));
        refused.add(post(removed, signature("another-token", PUBLIC, removed)));
        refused.add(post(removed, signature(twilio.keys().apiKeySecret(), PUBLIC, removed)));
        refused.add(post(removed, signature(twilio.keys().authToken(), "https://evil.example.com" + WEBHOOK, removed)));
        refused.add(post(removed, signature(twilio.keys().authToken(), PUBLIC + "?x=1", removed)));
        refused.add(post(otherAccount, signature(twilio.keys().authToken(), PUBLIC, otherAccount)));
        refused.add(post(otherService, signature(twilio.keys().authToken(), PUBLIC, otherService)));
        refused.add(given().header("X-Twilio-Signature", good)
                .header("Host", "live.example.com")
                .header("X-Forwarded-Host", "evil.example.com")
                .contentType(ContentType.URLENC)
                .formParams(changed)
                .post(WEBHOOK));
        refused.add(given().header("X-Twilio-Signature", good)
                .contentType(ContentType.URLENC)
                .formParam("EventType", "onConversationRemoved", "onMessageAdded")
                .post(WEBHOOK));

        assertThat(refused).extracting(Response::statusCode).containsOnly(401);
        assertThat(enter("ann")).isEqualTo(sid);
        as("ann").get(path + "/chat").then().body("conversationSid", equalTo(sid));
    }

    private Map<String, String> event(String type, String conversationSid) {
        Map<String, String> form = new HashMap<>();
        form.put("EventType", type);
        form.put("AccountSid", twilio.keys().accountSid());
        form.put("ChatServiceSid", twilio.keys().serviceSid());
        form.put("ConversationSid", conversationSid);
        form.put("Source", "API");
        form.put("RetryCount", "0");
        return form;
    }

    private Response genuine(Map<String, String> form) {
        return post(form, signature(twilio.keys().authToken(), PUBLIC, form));
    }

    private static Response post(Map<String, String> form, String signature) {
        return given().header("X-Twilio-Signature", signature)
                .contentType(ContentType.URLENC)
                .formParams(form)
                .post(WEBHOOK);
    }

    private static String signature(String token, String url, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
