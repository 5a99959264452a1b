package com.eventuall.presence.http;

import static com.eventuall.presence.TestClient.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.presence.ServiceTest;
import com.eventuall.presence.TestClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTest.class)
class RoomResourceTest {
    @Infra
    PassIssuer passes;

    @TestHTTPResource
    String root;

    private final String event = "e" + UUID.randomUUID();
    private final String room = "/v1/events/" + event + "/rooms/main";

    private RequestSpecification as(PassRequest pass) {
        return given().auth().oauth2(passes.issue(pass));
    }

    private RequestSpecification moderator() {
        return as(PassRequest.moderator(event, "mod"));
    }

    private TestClient join(String userId) {
        TestClient client = TestClient.open(
                root.replaceFirst("/$", "") + room + "/presence", passes, PassRequest.participant(event, userId));
        await().until(() -> client.count("snapshot") == 1);
        return client;
    }

    @Test
    void aSnapshotHasATagAndIsNotSentTwice() {
        TestClient ann = join("ann");
        Response first = moderator().get(room + "/snapshot");
        first.then().statusCode(200).body("state.participants.ann.status", equalTo("online"));
        assertThat(first.header("ETag")).isEqualTo("\"" + ann.epoch() + ":" + ann.version() + "\"");
        moderator()
                .header("If-None-Match", first.header("ETag"))
                .get(room + "/snapshot")
                .then()
                .statusCode(304);
        join("ben");
        moderator()
                .header("If-None-Match", first.header("ETag"))
                .get(room + "/snapshot")
                .then()
                .statusCode(200)
                .body("state.participants.ben.status", equalTo("online"));
    }

    @Test
    void anUnknownRoomIsEmpty() {
        moderator()
                .get("/v1/events/" + event + "/rooms/nobody/snapshot")
                .then()
                .statusCode(200)
                .body("version", equalTo(0))
                .body("state.counts.online", equalTo(0));
    }

    @Test
    void peopleComeByPage() {
        for (String userId : List.of("a1", "a2", "a3")) {
            join(userId);
        }
        moderator()
                .get(room + "/participants?limit=2")
                .then()
                .statusCode(200)
                .body("participants.userId", contains("a1", "a2"))
                .body("next", equalTo("a2"));
        moderator()
                .get(room + "/participants?limit=2&after=a2")
                .then()
                .body("participants.userId", contains("a3"))
                .body("next", nullValue());
        moderator().get(room + "/participants?limit=0").then().statusCode(400);
    }

    @Test
    void pinsAreForModeratorsAndSeenByAll() {
        TestClient ann = join("ann");
        String pin = room + "/pins/TR_abc";
        as(PassRequest.participant(event, "ann"))
                .contentType(ContentType.JSON)
                .body("{\"userId\":\"ann\"}")
                .put(pin)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("not-a-moderator"));
        moderator()
                .contentType(ContentType.JSON)
                .body("{\"userId\":\"ann\"}")
                .put(pin)
                .then()
                .statusCode(204);
        moderator().get(room + "/snapshot").then().body("state.pins.TR_abc.by", equalTo("mod"));
        await().until(() -> ann.state().getJsonObject("pins").containsKey("TR_abc"));
        long version = ann.version();
        moderator()
                .contentType(ContentType.JSON)
                .body("{\"userId\":\"ann\"}")
                .put(pin)
                .then()
                .statusCode(204);
        moderator().delete(pin).then().statusCode(204);
        await().until(() -> !ann.state().getJsonObject("pins").containsKey("TR_abc"));
        assertThat(ann.version()).isEqualTo(version + 1);
    }

    @Test
    void badInputIsRefused() {
        moderator()
                .contentType(ContentType.JSON)
                .body("{}")
                .put(room + "/pins/TR_1")
                .then()
                .statusCode(400);
        for (String body : List.of("nonsense", "", "null", "[]", "\"x\"", "7", "{\"userId\":{}}", "[".repeat(5000))) {
            moderator()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .put(room + "/pins/TR_1")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("invalid-request"));
        }
        given().get(room + "/snapshot").then().statusCode(401);
        as(PassRequest.moderator("other", "mod")).get(room + "/snapshot").then().statusCode(403);
    }

    @Test
    void roomsOfAnEventAreListedWithCounts() {
        join("ann");
        join("ben");
        moderator()
                .get("/v1/events/" + event + "/rooms")
                .then()
                .statusCode(200)
                .body("rooms", hasSize(1))
                .body("rooms[0].roomId", equalTo("main"))
                // Away, too: here that is after 1.5 s without a heartbeat.
                .body("rooms[0].counts.with { it.online + it.away }", equalTo(2));
    }
}
