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
import java.io.IOException;
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

    private String upgrade() throws IOException {
        return RawUpgrade.answer(root, passes, event, "dan");
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
