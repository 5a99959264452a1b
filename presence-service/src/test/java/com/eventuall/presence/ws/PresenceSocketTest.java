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
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
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
        return join(PassRequest.participant(event, userId), query);
    }

    private TestClient join(PassRequest pass, String query) {
        return TestClient.open(root + "v1/events/" + event + "/rooms/main/presence" + query, passes, pass);
    }

    @Test
    void whoJoinsFindsThemselvesInTheFirstSnapshot() {
        TestClient ann = join("ann", "");
        await().until(() -> ann.count("snapshot") == 1);
        JsonObject hello = ann.received().get(0);
        assertThat(hello.getString("type")).isEqualTo("hello");
        assertThat(hello.getString("protocol")).isEqualTo("presence.v1");
        assertThat(hello.getLong("heartbeatMs")).isEqualTo(30_000);
        JsonObject self = ann.received()
                .get(1)
                .getJsonObject("state")
                .getJsonObject("participants")
                .getJsonObject("ann");
        assertThat(self.getString("status")).isEqualTo("online");
        assertThat(self.getString("name")).isEqualTo("Name of ann");
    }

    @Test
    void othersSeeJoinLeaveAndRemoval() {
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

    @Test
    void leaveIsAnsweredWithAGoodbye() {
        TestClient ann = join("ann", "");
        TestClient ben = join("ben", "");
        await().until(() -> "online".equals(ann.statusOf("ben")));
        ben.send("{\"type\":\"leave\"}");
        await().until(() -> "offline".equals(ann.statusOf("ben")));
        await().until(() -> ben.closeCode() == 1000);
    }

    @Test
    void whoComesBackWithinTheGraceWasNeverGone() {
        TestClient ann = join("ann", "");
        TestClient ben = join("ben", "");
        await().until(() -> "online".equals(ann.statusOf("ben")));
        long before = ann.count("patch");
        ben.abort();
        TestClient again = join("ben", "?epoch=" + ben.epoch() + "&version=" + ben.version());
        TestClient cid = join("cid", "");
        await().until(() -> "online".equals(ann.statusOf("cid")) && "online".equals(again.statusOf("cid")));
        cid.close();
        await().until(() -> "offline".equals(again.statusOf("cid")));
        assertThat(ann.received().stream().skip(before).map(JsonObject::encode))
                .noneMatch(message -> message.contains("\"ben\":{\"status\":\"offline\""));
        assertThat(ann.breaches()).isEmpty();
    }

    @Test
    void whoMovesToAnotherSocketWasNeverGone() {
        TestClient ann = join("ann", "");
        TestClient ben = join("ben", "");
        await().until(() -> "online".equals(ann.statusOf("ben")));
        long before = ann.count("patch");
        ben.move();
        await().until(() -> ben.closeCode() != -1);
        TestClient again = join("ben", "?epoch=" + ben.epoch() + "&version=" + ben.version());
        TestClient cid = join("cid", "");
        await().until(() -> "online".equals(ann.statusOf("cid")) && "online".equals(again.statusOf("cid")));
        assertThat(ann.received().stream().skip(before).map(JsonObject::encode))
                .noneMatch(message -> message.contains("\"ben\":{\"status\":\"offline\""));
    }

    @Test
    void whoComesBackWhileNobodyLooksIsNotShownAsOnline() {
        TestClient ann = join("ann", "");
        join("ben", "?status=away");
        await().until(() -> ann.statusOf("ben") != null);
        assertThat(ann.received().stream().map(JsonObject::encode))
                .noneMatch(message -> message.contains(
                        "\"ben\":{\"name\":\"Name of ben\",\"role\":\"participant\",\"status\":\"online\""));
        assertThat(ann.statusOf("ben")).isEqualTo("away");
    }

    @Test
    void aResumedClientGetsOnlyWhatItMissed() {
        TestClient ann = join("ann", "");
        TestClient ben = join("ben", "");
        await().until(() -> "online".equals(ben.statusOf("ann")));
        ben.abort();
        TestClient cid = join("cid", "");
        await().until(() -> "online".equals(ann.statusOf("cid")));
        TestClient again = join("ben", "?epoch=" + ben.epoch() + "&version=" + ben.version());
        await().until(() -> again.received().size() == 2);
        JsonObject patch = again.received().get(1);
        assertThat(patch.getString("type")).isEqualTo("patch");
        assertThat(patch.getLong("from")).isEqualTo(ben.version());
        assertThat(patch.getJsonObject("state").getJsonObject("participants").fieldNames())
                .containsExactly("cid");
        cid.close();
    }

    @Test
    void aWrongPlaceIsAnsweredWithASnapshot() {
        TestClient ann = join("ann", "?epoch=other&version=1");
        await().until(() -> ann.count("snapshot") == 1);
        TestClient ben = join("ben", "?epoch=" + ann.epoch() + "&version=999999");
        await().until(() -> ben.count("snapshot") == 1);
    }

    @Test
    void silenceTurnsAwayAndAHeartbeatBringsBack() {
        TestClient ann = join("ann", "");
        TestClient ben = join("ben", "");
        await().until(() -> "online".equals(ann.statusOf("ben")));
        await().until(() -> "away".equals(ann.statusOf("ben")));
        ben.send("{\"type\":\"heartbeat\",\"status\":\"online\"}");
        await().until(() -> "online".equals(ann.statusOf("ben")));
        ben.send("{\"type\":\"heartbeat\",\"status\":\"away\"}");
        await().until(() -> "away".equals(ann.statusOf("ben")));
        assertThat(ann.breaches()).isEmpty();
    }

    @Test
    void snapshotModeGetsWholeSnapshots() {
        TestClient ann = join("ann", "?mode=snapshot");
        await().until(() -> ann.count("snapshot") >= 1);
        TestClient ben = join("ben", "");
        await().until(() -> "online".equals(ann.statusOf("ben")));
        assertThat(ann.count("patch")).isZero();
        ben.close();
    }

    @Test
    void aLargeSnapshotIsCompressedForWhomWantsThat() {
        TestClient small = join("ann", "?encoding=gzip");
        await().until(() -> small.count("snapshot") == 1);
        assertThat(small.binaries()).as("what is small stays text").isZero();
        for (int i = 0; i < 12; i++) {
            join("person-" + i + "-" + "x".repeat(50), "");
        }
        await().until(() -> small.state().getJsonObject("participants").size() == 13);
        TestClient plain = join("ben", "");
        TestClient large = join("cyd", "?encoding=gzip");
        await().until(() -> large.binaries() == 1 && large.count("snapshot") == 1);
        await().until(() -> plain.state().equals(large.state()) && small.state().equals(large.state()));
        assertThat(plain.binaries()).isZero();
        assertThat(large.breaches()).isEmpty();
    }

    @Test
    void resyncIsAnsweredWithASnapshot() {
        TestClient ann = join("ann", "");
        await().until(() -> ann.count("snapshot") == 1);
        ann.send("{\"type\":\"resync\"}");
        await().until(() -> ann.count("snapshot") == 2);
    }

    @Test
    void theSixthSocketOfAPersonClosesTheFirst() {
        List<TestClient> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TestClient next = join("ann", "");
            await().until(() -> next.count("snapshot") == 1);
            sockets.add(next);
        }
        await().until(() -> sockets.get(0).closeCode() == 4409);
        assertThat(sockets.get(5).statusOf("ann")).isEqualTo("online");
        assertThat(sockets.subList(1, 6)).allMatch(socket -> socket.closeCode() == -1);
    }

    @Test
    void aFloodIsClosedAndALargeMessageToo() {
        TestClient ann = join("ann", "");
        await().until(() -> ann.count("snapshot") == 1);
        for (int i = 0; i < 3000 && ann.closeCode() == -1; i++) {
            try {
                ann.send("{\"type\":\"heartbeat\",\"status\":\"online\"}");
            } catch (CompletionException closed) {
                break;
            }
        }
        await().until(() -> ann.closeCode() == 4429);
        TestClient ben = join("ben", "");
        await().until(() -> ben.count("snapshot") == 1);
        ben.send("{\"type\":\"" + "x".repeat(200_000) + "\"}");
        await().until(() -> ben.closeCode() == 1009);
    }

    @Test
    void whatCannotBeUnderstoodIsAnError() {
        TestClient ann = join("ann", "");
        await().until(() -> ann.count("snapshot") == 1);
        ann.send("not json");
        ann.send("{\"type\":\"heartbeat\",\"status\":\"asleep\"}");
        ann.send("{\"type\":\"of a later version\"}");
        await().until(() -> ann.count("error") == 2);
        assertThat(ann.closeCode()).isEqualTo(-1);
    }

    @Test
    void aSocketEndsWithItsPass() {
        TestClient ann = join(PassRequest.participant(event, "ann").withTtlSeconds(2), "");
        await().until(() -> ann.closeCode() == 4401);
    }
}
