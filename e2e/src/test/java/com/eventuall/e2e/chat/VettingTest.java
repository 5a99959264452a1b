package com.eventuall.e2e.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventType;
import com.eventuall.e2e.EventLog;
import com.eventuall.e2e.RoomView;
import com.eventuall.e2e.SharedStack;
import com.eventuall.e2e.Socket;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two moderators vet a participant, with queue-service as the source of what happens to the request. */
@ExtendWith(SharedStack.class)
class VettingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String event = "vetting-" + UUID.randomUUID().toString().substring(0, 8);
    private final String room = "/v1/events/" + event + "/rooms/main";

    @Test
    void theRoomsConversationIsInTheNextJoinAndInTheSnapshot(Stack stack) {
        JsonNode first = post(stack, "ann", "/join");
        assertThat(first.at("/chat/conversationSid").isNull()).isTrue();

        String sid = post(stack, "ann", "/chat").get("conversationSid").asText();

        assertThat(sid).startsWith("CH");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(post(stack, "bob", "/join")
                                .at("/chat/conversationSid")
                                .asText())
                        .isEqualTo(sid));
        assertThat(post(stack, "bob", "/chat-token").get("conversationSid").asText())
                .isEqualTo(sid);
        String url = first.at("/presence/url").asText();
        try (Socket ann = Socket.open(stack.http(), url, "presence.v1", pass(stack, "ann"))) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(RoomView.of(ann.messages())
                                    .state()
                                    .at("/chat/conversationSid")
                                    .asText())
                            .isEqualTo(sid));
        }
    }

    @Test
    void aPersonIsRemovedAsksAgainAndIsApproved(Stack stack) {
        try (EventLog log = new EventLog(stack.info().get("kafka").asText())) {
            request(stack, "pat", 3);
            String first = awaitVetting(stack, "pat");
            bothModeratorsOpen(stack, "pat", first);
            assertThat(send(stack, "DELETE", "mo", "/queue/pat").statusCode()).isLessThan(300);
            awaitClosed(stack, log, first, "removed", 1);

            request(stack, "pat", 3);
            String second = awaitVetting(stack, "pat");
            assertThat(second).isNotEqualTo(first);
            bothModeratorsOpen(stack, "pat", second);
            approveAtOnce(stack, "pat");
            awaitClosed(stack, log, second, "approved", 2);

            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(events(log, EventType.STAGE_REQUESTED)).hasSize(2);
                assertThat(events(log, EventType.VETTING_OPENED))
                        .extracting(opened -> opened.get("conversationSid").asText())
                        .containsExactly(first, second);
            });
            assertThat(send(stack, "POST", "mo", "/vetting/pat/open").statusCode())
                    .isEqualTo(404);
            assertThat(conversations(stack)).hasSize(2);
        }
    }

    /** Asking again while one has asked changes nothing. */
    private void request(Stack stack, String user, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(send(stack, "POST", user, "/queue/requests").statusCode())
                    .isLessThan(300);
        }
    }

    private String awaitVetting(Stack stack, String user) {
        return await().atMost(LIMIT)
                .until(() -> vettings(stack), open -> open.size() == 1)
                .get(0)
                .get("conversationSid")
                .asText();
    }

    private JsonNode vettings(Stack stack) {
        return Stack.json(send(stack, "GET", "mo", "/vetting"));
    }

    private void bothModeratorsOpen(Stack stack, String user, String sid) {
        for (String moderator : List.of("mo", "mia")) {
            assertThat(post(stack, moderator, "/vetting/" + user + "/open")
                            .get("conversationSid")
                            .asText())
                    .isEqualTo(sid);
        }
        assertThat(identities(stack, sid)).containsExactlyInAnyOrder(user, "mo", "mia");
        assertThat(Stack.json(send(stack, "GET", user, "/vetting/me"))
                        .get("conversationSid")
                        .asText())
                .isEqualTo(sid);
    }

    private void approveAtOnce(Stack stack, String user) {
        List<CompletableFuture<HttpResponse<String>>> approvals = List.of("mo", "mia").stream()
                .map(moderator -> CompletableFuture.supplyAsync(
                        () -> send(stack, "POST", moderator, "/queue/" + user + "/approve")))
                .toList();
        assertThat(approvals.stream().map(answer -> answer.join().statusCode()))
                .allMatch(status -> status < 500)
                .anyMatch(status -> status < 300);
    }

    private void awaitClosed(Stack stack, EventLog log, String sid, String outcome, int howManyInAll) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(events(log, EventType.VETTING_CLOSED)).hasSize(howManyInAll));
        JsonNode closed = events(log, EventType.VETTING_CLOSED).get(howManyInAll - 1);
        assertThat(closed.get("conversationSid").asText()).isEqualTo(sid);
        assertThat(closed.get("outcome").asText()).isEqualTo(outcome);
        assertThat(closed.get("userId").asText()).isEqualTo("pat");
        assertThat(conversation(stack, sid).get("state").asText()).isEqualTo("closed");
        assertThat(vettings(stack)).isEmpty();
    }

    private List<JsonNode> events(EventLog log, EventType type) {
        return log.payloads(event + ":main", type);
    }

    private List<String> identities(Stack stack, String sid) {
        List<String> identities = new ArrayList<>();
        conversation(stack, sid)
                .get("participants")
                .forEach(one -> identities.add(one.get("identity").asText()));
        return identities;
    }

    private JsonNode conversation(Stack stack, String sid) {
        return conversations(stack).stream()
                .filter(one -> one.get("sid").asText().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    /** The vetting conversations of this test's room at the sandbox. */
    private List<JsonNode> conversations(Stack stack) {
        List<JsonNode> ours = new ArrayList<>();
        Stack.json(stack.get("/sandbox/twilio/state")).get("conversations").forEach(one -> {
            if (one.path("unique_name").asText().contains(":" + event + ":main:vetting:")) {
                ours.add(one);
            }
        });
        return ours;
    }

    private JsonNode post(Stack stack, String user, String path) {
        HttpResponse<String> answer = send(stack, "POST", user, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Stack.json(answer);
    }

    private HttpResponse<String> send(Stack stack, String method, String user, String path) {
        return stack.send(method, room + path, "", "Authorization", "Bearer " + pass(stack, user));
    }

    private String pass(Stack stack, String user) {
        return stack.pass(user, user.startsWith("m") ? "moderator" : "participant", event);
    }
}
