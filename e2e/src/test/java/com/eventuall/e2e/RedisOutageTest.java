package com.eventuall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Redis goes away and comes back while people are in a room: nobody is thrown out, nobody new gets in, then all is well. */
class RedisOutageTest {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

    @Test
    void socketsStayWhileRedisIsAwayAndStateFlowsAgainAfterwards() {
        try (Stack stack = Stack.start("--replicas", "presence=2")) {
            String url = PresenceTest.presenceUrl(stack, "outage", "ann");
            Socket ann = Socket.open(stack.http(), url, "presence.v1", stack.pass("ann", "moderator", "outage"));
            Socket bo = Socket.open(stack.http(), url, "presence.v1", stack.pass("bo", "participant", "outage"));
            PresenceTest.awaitStatus(ann, "bo", "online");
            String pass = stack.pass("cy", "participant", "outage");
            JsonNode info = stack.info();

            stack.signal("redis", "kill");

            await().atMost(BACK_WITHIN).untilAsserted(() -> {
                HttpResponse<String> join =
                        stack.post("/v1/events/outage/rooms/main/join", "", "Authorization", "Bearer " + pass);
                assertThat(join.statusCode()).isEqualTo(503);
                assertThat(join.headers().firstValue("Retry-After")).isPresent();
                assertThat(Stack.json(join).get("code").asText()).isEqualTo("unavailable");
            });
            await().atMost(BACK_WITHIN)
                    .untilAsserted(() ->
                            assertThat(readiness(stack, info, "presence-1")).isEqualTo(503));
            assertThat(ann.isClosed()).isFalse();
            assertThat(bo.isClosed()).isFalse();

            stack.signal("redis", "start");

            await().atMost(BACK_WITHIN)
                    .untilAsserted(() ->
                            assertThat(readiness(stack, info, "presence-1")).isEqualTo(200));
            await().atMost(BACK_WITHIN)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(Socket.refusal(stack.http(), url, "presence.v1", pass, null))
                            .isEmpty());
            Socket cy = Socket.open(stack.http(), url, "presence.v1", pass);
            await().atMost(BACK_WITHIN)
                    .untilAsserted(() ->
                            assertThat(RoomView.of(ann.messages()).status("cy")).isEqualTo("online"));
            await().atMost(BACK_WITHIN)
                    .untilAsserted(() ->
                            assertThat(RoomView.of(cy.messages()).status("ann")).isEqualTo("online"));
            assertThat(ann.isClosed()).isFalse();
            assertThat(bo.isClosed()).isFalse();
        }
    }

    private static int readiness(Stack stack, JsonNode info, String name) {
        for (JsonNode process : info.get("processes")) {
            if (name.equals(process.get("name").asText())) {
                int port = process.get("managementPort").asInt();
                return stack.get("http://127.0.0.1:" + port + "/q/health/ready").statusCode();
            }
        }
        throw new IllegalArgumentException(name);
    }
}
