package com.eventuall.presence;

import static com.eventuall.presence.TestClient.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Redis goes and comes back without its data. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class RedisOutageTest {
    @Infra
    PassIssuer passes;

    @Infra
    EmbeddedRedis redis;

    @Infra
    EmbeddedKafka kafka;

    @TestHTTPResource
    String root;

    @TestHTTPResource(value = "/health/ready", management = true)
    String readiness;

    private final String event = "e" + UUID.randomUUID();

    private TestClient join(String userId) {
        return TestClient.open(
                root + "v1/events/" + event + "/rooms/main/presence", passes, PassRequest.participant(event, userId));
    }

    /** Asks for an upgrade and returns the head of the answer. The JDK's client takes its time with refusals. */
    private String upgrade() throws IOException {
        URI address = URI.create(root);
        String carrier = URLEncoder.encode(
                        "quarkus-http-upgrade#Authorization#Bearer "
                                + passes.issue(PassRequest.participant(event, "dan")),
                        StandardCharsets.UTF_8)
                .replace("+", "%20");
        String request = "GET /v1/events/" + event + "/rooms/main/presence HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: presence.v1, " + carrier + "\r\n\r\n";
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
                head.append(line).append('\n');
            }
            return head.toString();
        }
    }

    @Test
    void socketsStayOpenNobodyIsLetInAndAllIsWellAfterwards() {
        TestClient ann = join("ann");
        TestClient ben = join("ben");
        await().until(() -> "online".equals(ann.statusOf("ben")) && ben.version() == ann.version());
        String epoch = ann.epoch();
        redis.kill();
        await().untilAsserted(() -> assertThat(upgrade())
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: ")
                .contains("application/problem+json"));
        await().until(() -> given().get(readiness).statusCode() == 503);
        assertThat(ann.closeCode()).isEqualTo(-1);
        try (TestEvents events = new TestEvents(kafka, event)) {
            events.enter("ben", 1);
        }
        redis.start();
        await().until(() -> given().get(readiness).statusCode() == 200);
        await().until(() -> !ann.epoch().equals(epoch) && ben.epoch().equals(ann.epoch()));
        await().until(() -> upgrade().startsWith("HTTP/1.1 101"));
        TestClient cid = join("cid");
        await().until(() -> ann.statusOf("cid") != null && cid.statusOf("ben") != null);
        assertThat(ann.statusOf("ben")).isIn("online", "away");
        await().untilAsserted(() -> assertThat(ann.state().getJsonObject("stage"))
                .as("what happened meanwhile waits in Kafka")
                .contains(Map.entry("ben", new JsonObject().put("stayId", "s1").put("enteredAt", 1))));
        assertThat(given().auth()
                        .oauth2(passes.issue(PassRequest.moderator(event, "ann")))
                        .get("/v1/events/" + event + "/rooms")
                        .jsonPath()
                        .getList("rooms.roomId"))
                .containsExactly("main");
        assertThat(ann.breaches()).isEmpty();
        assertThat(ann.closeCode()).isEqualTo(-1);
    }
}
