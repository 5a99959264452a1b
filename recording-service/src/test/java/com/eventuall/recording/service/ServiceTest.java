package com.eventuall.recording.service;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.Role;
import com.eventuall.local.infra.Infra;
import com.eventuall.local.infra.InfraResource;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** The servers and the requests that the tests of the whole service share. */
@QuarkusTestResource(
        value = InfraResource.class,
        initArgs = {
            @ResourceArg(name = "redis", value = "memory"),
            @ResourceArg(name = "postgres", value = "recording"),
            @ResourceArg(name = "kafka", value = "")
        })
@QuarkusTestResource(VendorsResource.class)
abstract class ServiceTest {
    static final Duration SOON = Duration.ofSeconds(60);

    @Infra
    PassIssuer passes;

    @Sandboxes
    Vendors vendors;

    /** A room of the test's own. */
    String roomId;

    @BeforeEach
    void ownRoom() {
        roomId = "r-" + UUID.randomUUID();
        vendors.clearFaults();
        vendors.muxWebhooksTo(null);
    }

    String room() {
        return "e1:" + roomId;
    }

    String path() {
        return "/v1/events/e1/rooms/" + roomId + "/recordings";
    }

    RequestSpecification as(Role role) {
        return given().auth()
                .oauth2(passes.issue(PassRequest.participant("e1", "mod").withRole(role)))
                .contentType("application/json");
    }

    String start() {
        return as(Role.MODERATOR)
                .body("{}")
                .post(path())
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    void stop(String id) {
        as(Role.MODERATOR).post(path() + "/" + id + "/stop").then().statusCode(202);
    }

    JsonPath get(String id) {
        return as(Role.PARTICIPANT)
                .get(path() + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    JsonPath awaitState(String id, String... states) {
        return await().pollInterval(Duration.ofMillis(100))
                .atMost(SOON)
                .until(() -> get(id), view -> List.of(states).contains(view.getString("state")));
    }

    String startedRecording() {
        String id = start();
        awaitState(id, "RECORDING");
        return id;
    }
}
