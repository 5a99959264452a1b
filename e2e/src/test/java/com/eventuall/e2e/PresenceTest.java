package com.eventuall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people on two replicas of presence-service see each other, past the gateway and through it. */
@ExtendWith(SharedStack.class)
class PresenceTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Test
    void peopleOnTwoReplicasSeeEachOther(Stack stack) {
        List<Integer> ports = replicas(stack, "presence-service");
        assertThat(ports).hasSize(2);
        try (Socket ann = connect(stack, ports.get(0), "two-replicas", "ann");
                Socket bo = connect(stack, ports.get(1), "two-replicas", "bo")) {
            awaitStatus(ann, "bo", "online");
            awaitStatus(bo, "ann", "online");
            assertThat(ann.await("hello").get("connectionId").asText()).isNotBlank();
            assertThat(ann.await("hello").get("heartbeatMs").asLong()).isPositive();
            bo.close();
            awaitStatus(ann, "bo", "offline");
        }
    }

    @Test
    void leaverIsSeenToLeaveAndBothSidesEndOnTheSameState(Stack stack) {
        String url = presenceUrl(stack, "same-state", "ann");
        try (Socket ann = Socket.open(stack.http(), url, "presence.v1", stack.pass("ann", "moderator", "same-state"));
                Socket bo =
                        Socket.open(stack.http(), url, "presence.v1", stack.pass("bo", "participant", "same-state"))) {
            awaitStatus(ann, "bo", "online");
            Socket cy = Socket.open(stack.http(), url, "presence.v1", stack.pass("cy", "participant", "same-state"));
            awaitStatus(bo, "cy", "online");
            cy.send("{\"type\":\"leave\"}");
            awaitStatus(ann, "cy", "offline");
            awaitStatus(bo, "cy", "offline");
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(RoomView.of(ann.messages())).isEqualTo(RoomView.of(bo.messages()));
            });
        }
    }

    @Test
    void clientThatIsUnsureAsksForTheWholeState(Stack stack) {
        String url = presenceUrl(stack, "resync", "ann");
        try (Socket ann = Socket.open(stack.http(), url, "presence.v1", stack.pass("ann", "moderator", "resync"))) {
            ann.await("snapshot");
            ann.send("{\"type\":\"resync\"}");
            await().atMost(LIMIT)
                    .until(() -> ann.messages().stream()
                                    .filter(message -> "snapshot"
                                            .equals(message.path("type").asText()))
                                    .count()
                            == 2);
        }
    }

    @Test
    void revokedRoleClosesItsSocketsAndStaysOut(Stack stack) {
        String url = presenceUrl(stack, "revoked", "ann");
        String pass = stack.pass("eve", "moderator", "revoked");
        Socket eve = Socket.open(stack.http(), url, "presence.v1", pass);
        eve.await("snapshot");
        stack.post("/dev/revocations", "{\"userId\":\"eve\",\"eventId\":\"revoked\"}");
        assertThat(eve.awaitClose(LIMIT)).isEqualTo(4403);
        assertThat(Socket.refusal(stack.http(), url, "presence.v1", pass, null)).contains(401);
        assertThat(stack.post("/v1/events/revoked/rooms/main/join", "", "Authorization", "Bearer " + pass)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void socketClosesWhenItsPassExpires(Stack stack) {
        String url = presenceUrl(stack, "expiring", "ann");
        long soon = System.currentTimeMillis() / 1000 + 3;
        String pass = stack.pass(
                "ann", "participant", "expiring", Stack.JSON.createObjectNode().put("exp", soon));
        Socket ann = Socket.open(stack.http(), url, "presence.v1", pass);
        assertThat(ann.awaitClose(LIMIT)).isEqualTo(4401);
    }

    static void awaitStatus(Socket observer, String userId, String status) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(RoomView.of(observer.messages()).status(userId))
                        .isEqualTo(status));
    }

    static String presenceUrl(Stack stack, String eventId, String userId) {
        JsonNode join = Stack.json(stack.post(
                "/v1/events/" + eventId + "/rooms/main/join",
                "",
                "Authorization",
                "Bearer " + stack.pass(userId, "participant", eventId)));
        return join.at("/presence/url").asText();
    }

    private static Socket connect(Stack stack, int port, String eventId, String userId) {
        String url = "ws://127.0.0.1:" + port + "/v1/events/" + eventId + "/rooms/main/presence";
        return Socket.open(stack.http(), url, "presence.v1", stack.pass(userId, "participant", eventId));
    }

    static List<Integer> replicas(Stack stack, String service) {
        List<Integer> ports = new ArrayList<>();
        for (JsonNode process : stack.info().get("processes")) {
            if (service.equals(process.path("service").asText())) {
                ports.add(process.get("port").asInt());
            }
        }
        return ports;
    }
}
