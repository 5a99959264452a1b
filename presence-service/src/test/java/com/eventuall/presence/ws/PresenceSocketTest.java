package com.eventuall.presence.ws;

import static com.eventuall.presence.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.presence.ServiceTest;
import com.eventuall.presence.TestClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTest.class)
class PresenceSocketTest {
    @Infra
    PassIssuer passes;

    @TestHTTPResource
    String root;

    private final String event = "e" + UUID.randomUUID();

    private TestClient join(String userId, String query) {
        return TestClient.open(
                root + "v1/events/" + event + "/rooms/main/presence" + query,
                passes,
                PassRequest.participant(event, userId));
    }

    @Test
    void whoJoinsFindsThemselvesInTheFirstSnapshot() {
        TestClient ann = join("ann", "");
        await().until(() -> ann.count("snapshot") == 1);
        assertThat(ann.received().get(0).getString("type")).isEqualTo("hello");
        assertThat(ann.received()
                        .get(1)
                        .getJsonObject("state")
                        .getJsonObject("participants")
                        .getJsonObject("ann")
                        .getString("status"))
                .isEqualTo("online");
    }

    @Test
    void othersSeeJoinAndLeave() {
        TestClient ann = join("ann", "");
        TestClient ben = join("ben", "");
        await().until(() -> "online".equals(ann.statusOf("ben")));
        assertThat(ann.state().getJsonObject("counts").getInteger("online")).isEqualTo(2);
        ben.close();
        await().until(() -> "offline".equals(ann.statusOf("ben")));
        await().untilAsserted(() -> assertThat(ann.statusOf("ben")).isNull());
        assertThat(ann.breaches()).isEmpty();
        assertThat(ann.state().getJsonObject("counts").getInteger("offline")).isZero();
    }
}
