package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.SharedKeys;
import com.eventuall.sandbox.CallLog;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RoomChatTest extends ServiceTest {
    @Inject
    RedisCommands redis;

    @Test
    void theFirstCallMakesTheConversationAndLetsTheCallerIn() {
        String sid = enter("ann");

        assertThat(twilio.conversations(":" + room.key())).singleElement().satisfies(conversation -> {
            assertThat(conversation.getString("sid")).isEqualTo(sid);
            assertThat(conversation.getString("unique_name")).isEqualTo("test:" + room.key());
            assertThat(Twilio.identities(conversation)).containsExactly("ann");
        });
        assertThat(redis.send(Command.GET, SharedKeys.conversation(room))
                        .await()
                        .indefinitely()
                        .toString())
                .isEqualTo(sid);
    }

    @Test
    void laterCallsGiveTheSameAnswer() {
        String sid = enter("ann");

        assertThat(enter("bob")).isEqualTo(sid);
        assertThat(enter("ann")).isEqualTo(sid);
        assertThat(Twilio.identities(twilio.conversation(sid))).containsExactly("ann", "bob");
    }

    @Test
    void anErrorAfterTheConversationWasMadeMakesNoSecondOne() {
        twilio.fault(new JsonObject()
                .put("operation", "createConversation")
                .put("match", room.roomId())
                .put("effect", "error-after-effect")
                .put("status", 500));

        as("ann").post(path + "/chat").then().statusCode(503).header("Retry-After", "3");
        String sid = enter("ann");

        assertThat(twilio.conversations(":" + room.key()))
                .singleElement()
                .satisfies(conversation ->
                        assertThat(conversation.getString("sid")).isEqualTo(sid));
    }

    @Test
    void whoComesWhileTwilioCannotTakeThemIsLetInLater() {
        String sid = enter("ann");
        twilio.fault(new JsonObject()
                .put("operation", "createParticipant")
                .put("match", "Identity=bob")
                .put("effect", "error")
                .put("status", 503)
                .put("times", 2));

        as("bob").post(path + "/chat").then().statusCode(202);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(Twilio.identities(twilio.conversation(sid))).contains("bob"));
        assertThat(enter("bob")).isEqualTo(sid);
    }

    @Test
    void aPauseThatTwilioAsksForHoldsForEverybody() {
        String sid = enter("ann");
        String otherRoom = "/v1/events/e1/rooms/other-" + room.roomId() + "/chat";
        twilio.fault(new JsonObject()
                .put("operation", "createParticipant")
                .put("effect", "error")
                .put("status", 429)
                .put("retryAfterSeconds", 3)
                .put("times", 1));

        as("bob").post(path + "/chat").then().statusCode(202);
        as("cid").post(otherRoom).then().statusCode(503).header("Retry-After", matchesPattern("[1-4]"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            as("cid").post(otherRoom).then().statusCode(200);
            assertThat(Twilio.identities(twilio.conversation(sid))).contains("bob");
        });

        assertThat(CallLog.hasty(twilio.calls())).isEmpty();
    }

    @Test
    void anEndedChatIsClosedAtTwilioAndLetsNobodyIn() {
        String sid = enter("ann");

        as("ann").delete(path + "/chat").then().statusCode(403);
        asModerator("mod").delete(path + "/chat").then().statusCode(202);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(twilio.conversation(sid).getString("state")).isEqualTo("closed"));
        as("ann").post(path + "/chat").then().statusCode(409);
        asModerator("mod").delete(path + "/chat").then().statusCode(202);
    }

    @Test
    void aConversationDeletedOutsideIsReplacedWhenSomebodyComes() {
        String first = enter("ann");
        twilio.delete("/Conversations/" + first);

        String second = enter("bob");

        assertThat(second).isNotEqualTo(first);
        assertThat(enter("ann")).isEqualTo(second);
        assertThat(twilio.conversations(":" + room.key())).hasSize(1);
    }

    @Test
    void aConversationClosedOutsideEndsTheChatForWhoComesNext() {
        String sid = enter("ann");
        twilio.post("/Conversations/" + sid, Map.of("State", "closed"));
        twilio.fault(new JsonObject()
                .put("operation", "createParticipant")
                .put("effect", "error")
                .put("status", 400));

        as("bob").post(path + "/chat").then().statusCode(409);

        as("ann").get(path + "/chat").then().statusCode(200).body("state", equalTo("closed"));
        assertThat(redis.send(Command.GET, SharedKeys.conversation(room))
                        .await()
                        .indefinitely())
                .isNull();
    }

    @Test
    void aRoomWithoutChatHasNone() {
        as("ann").get(path + "/chat").then().statusCode(404);
        asModerator("mod").delete(path + "/chat").then().statusCode(404);
    }
}
