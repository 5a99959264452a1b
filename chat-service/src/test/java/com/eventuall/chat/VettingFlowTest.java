package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageRequested;
import com.eventuall.contracts.events.StageWithdrawn;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through Kafka and REST, as queue-service, a participant and two moderators. */
@QuarkusTest
class VettingFlowTest extends ServiceTest {
    @Infra
    EmbeddedKafka broker;

    private Kafka kafka;

    @BeforeEach
    void connect() {
        kafka = new Kafka(broker, EventType.VETTING_OPENED, EventType.VETTING_CLOSED, EventType.CHAT_ROOM_OPENED);
    }

    @AfterEach
    void disconnect() {
        kafka.close();
    }

    @Test
    void twoModeratorsVetAParticipantWhoIsApproved() {
        request("pat", "q1", 1000);
        String sid = awaitOpen("pat");

        assertThat(Twilio.identities(twilio.conversation(sid))).containsExactly("pat");
        bothModeratorsOpen("pat", sid);
        asModerator("mo").post(path + "/vetting/pat/open").then().statusCode(200);
        as("pat").get(path + "/vetting/me").then().statusCode(200).body("conversationSid", equalTo(sid));

        kafka.publish(EventType.STAGE_ENTERED, room, new StageEntered("e1", room.roomId(), "pat", "7:1", 2000));

        soon().untilAsserted(() -> assertThat(closed()).containsExactly(Map.entry(sid, "approved")));
        assertThat(twilio.conversation(sid).getString("state")).isEqualTo("closed");
        asModerator("mo").get(path + "/vetting").then().statusCode(200).body("size()", equalTo(0));
        asModerator("mo").post(path + "/vetting/pat/open").then().statusCode(404);
        assertThat(kafka.events(EventType.VETTING_OPENED, room)).singleElement().satisfies(opened -> {
            assertThat(opened.getString("conversationSid")).isEqualTo(sid);
            assertThat(opened.getString("userId")).isEqualTo("pat");
            assertThat(opened.getString("requestId")).isEqualTo("q1");
        });
    }

    @Test
    void onlyModeratorsSeeAndOpenVettings() {
        request("pat", "q1", 1000);
        awaitOpen("pat");

        as("ann").get(path + "/vetting").then().statusCode(403);
        as("ann").post(path + "/vetting/pat/open").then().statusCode(403);
        as("pat").post(path + "/vetting/pat/open").then().statusCode(403);
        as("ann").get(path + "/vetting/me").then().statusCode(404);
        asModerator("mo").post(path + "/vetting/nobody/open").then().statusCode(404);
    }

    @Test
    void whoWasRemovedMayAskAgainAndDuplicatesChangeNothing() {
        for (int i = 0; i < 3; i++) {
            request("pat", "q1", 1000);
        }
        String first = awaitOpen("pat");
        bothModeratorsOpen("pat", first);
        for (int i = 0; i < 3; i++) {
            kafka.publish(
                    EventType.STAGE_WITHDRAWN,
                    room,
                    new StageWithdrawn("e1", room.roomId(), "pat", "q1", 2000, "removed"));
        }
        soon().untilAsserted(() -> assertThat(closed()).containsExactly(Map.entry(first, "removed")));

        request("pat", "q2", 3000);
        request("pat", "q1", 1000);
        String second = awaitOpen("pat");
        assertThat(second).isNotEqualTo(first);
        bothModeratorsOpen("pat", second);
        as("pat").get(path + "/vetting/me").then().statusCode(200).body("conversationSid", equalTo(second));
        kafka.publish(
                EventType.STAGE_WITHDRAWN, room, new StageWithdrawn("e1", room.roomId(), "pat", "q2", 4000, "expired"));

        soon().untilAsserted(() ->
                assertThat(closed()).containsExactly(Map.entry(first, "removed"), Map.entry(second, "expired")));
        assertThat(kafka.events(EventType.VETTING_OPENED, room)).hasSize(2);
        assertThat(kafka.sequences(EventType.VETTING_CLOSED, room)).isSorted().doesNotHaveDuplicates();
        assertThat(twilio.conversations(room.key() + ":vetting:q1")).hasSize(1);
    }

    @Test
    void aConversationClosedOutsideEndsTheVettingForWhoOpensIt() {
        request("pat", "q1", 1000);
        String sid = awaitOpen("pat");
        twilio.post("/Conversations/" + sid, Map.of("State", "closed"));
        twilio.fault(new JsonObject()
                .put("operation", "createParticipant")
                .put("effect", "error")
                .put("status", 400));

        asModerator("mo").post(path + "/vetting/pat/open").then().statusCode(404);

        soon().untilAsserted(() -> assertThat(closed()).containsExactly(Map.entry(sid, "expired")));
    }

    @Test
    void requestsMadeWhileTwilioIsDownAreServedLater() {
        int before = twilio.calls("createConversation");
        for (String operation : List.of("createConversation", "createParticipant", "updateConversation")) {
            twilio.fault(new JsonObject()
                    .put("operation", operation)
                    .put("effect", "error")
                    .put("status", 503)
                    .put("times", 1000));
        }
        request("pat", "q1", 1000);
        request("quin", "q2", 1000);
        soon().until(() -> twilio.calls("createConversation") >= before + 2);
        kafka.publish(
                EventType.STAGE_WITHDRAWN,
                room,
                new StageWithdrawn("e1", room.roomId(), "quin", "q2", 2000, "withdrawn"));
        asModerator("mo").get(path + "/vetting").then().statusCode(200).body("size()", equalTo(0));
        asModerator("mo")
                .post(path + "/vetting/pat/open")
                .then()
                .statusCode(503)
                .header("Retry-After", "1");

        twilio.clearFaults();

        String sid = awaitOpen("pat");
        assertThat(Twilio.identities(twilio.conversation(sid))).containsExactly("pat");
        soon().untilAsserted(() -> assertThat(closed()).hasSize(1));
        assertThat(kafka.events(EventType.VETTING_CLOSED, room).get(0).getString("userId"))
                .isEqualTo("quin");
    }

    @Test
    void aLostAnswerMakesNoSecondConversation() {
        for (String operation : List.of("createConversation", "createParticipant", "updateConversation")) {
            twilio.fault(new JsonObject()
                    .put("operation", operation)
                    .put("effect", "error-after-effect")
                    .put("status", 500));
        }
        request("pat", "q1", 1000);
        String sid = awaitOpen("pat");
        entered("pat", "q1", 2000);

        soon().untilAsserted(() -> assertThat(closed()).containsExactly(Map.entry(sid, "approved")));
        assertThat(twilio.conversations(room.key() + ":vetting:q1")).hasSize(1);
        assertThat(kafka.events(EventType.VETTING_OPENED, room)).hasSize(1);
    }

    @Test
    void aMalformedEventGoesToTheDeadLettersAndTheNextOneIsTaken() {
        kafka.publish(
                "stage-requested", EventType.STAGE_REQUESTED, room, "{\"eventId\":".getBytes(StandardCharsets.UTF_8));
        request("pat", "id with / and space", 1000);
        request("pat", "q1", 1000);

        assertThat(awaitOpen("pat")).startsWith("CH");
    }

    /** The queue's replica that takes requests has a clock that goes ahead of Redis', which says when somebody came on stage. */
    @Test
    void anApprovalEndsTheRequestThatItNames() {
        request("pat", "q1", 5000);
        String first = awaitOpen("pat");

        entered("pat", "q2", 2000);
        request("pat", "q2", 6000);
        soon().until(() -> kafka.events(EventType.VETTING_CLOSED, room).size() == 1);
        kafka.publish(
                EventType.STAGE_WITHDRAWN,
                room,
                new StageWithdrawn("e1", room.roomId(), "pat", "q1", 1900, "withdrawn"));

        soon().until(() -> kafka.events(EventType.VETTING_CLOSED, room).size() == 2);
        assertThat(kafka.events(EventType.VETTING_CLOSED, room))
                .extracting(event -> event.getString("requestId"), event -> event.getString("outcome"))
                .containsExactly(tuple("q2", "approved"), tuple("q1", "withdrawn"));
        assertThat(closed()).contains(Map.entry(first, "withdrawn"));

        // Its clock goes behind: the request is newer than the stay all the same.
        request("pat", "q3", 1000);
        assertThat(awaitOpen("pat")).isNotEqualTo(first);
    }

    private void entered(String userId, String requestId, long at) {
        kafka.publish(
                EventType.STAGE_ENTERED, room, new StageEntered("e1", room.roomId(), userId, "7:1", at, requestId));
    }

    private void bothModeratorsOpen(String userId, String conversationSid) {
        for (String moderator : List.of("mo", "mia")) {
            asModerator(moderator)
                    .post(path + "/vetting/" + userId + "/open")
                    .then()
                    .statusCode(200)
                    .body("conversationSid", equalTo(conversationSid));
        }
        assertThat(Twilio.identities(twilio.conversation(conversationSid)))
                .containsExactlyInAnyOrder(userId, "mo", "mia");
    }

    private void request(String userId, String requestId, long at) {
        kafka.publish(
                EventType.STAGE_REQUESTED,
                room,
                new StageRequested("e1", room.roomId(), userId, "Name", requestId, at));
    }

    /** The conversation of that person's vetting, once it is open. */
    private String awaitOpen(String userId) {
        String find = "find { it.userId == '" + userId + "' }.conversationSid";
        return soon().until(
                        () -> asModerator("mo")
                                .get(path + "/vetting")
                                .then()
                                .extract()
                                .<String>path(find),
                        sid -> sid != null);
    }

    private List<Map.Entry<String, String>> closed() {
        return kafka.events(EventType.VETTING_CLOSED, room).stream()
                .map(event -> Map.entry(event.getString("conversationSid"), event.getString("outcome")))
                .toList();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100));
    }
}
