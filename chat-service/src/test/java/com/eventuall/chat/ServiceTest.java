package com.eventuall.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.local.infra.Infra;
import com.eventuall.local.infra.InfraResource;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** The servers that the tests of this module share. Each test has a room of its own. */
@QuarkusTestResource(
        value = InfraResource.class,
        initArgs = {
            @ResourceArg(name = "redis", value = "memory"),
            @ResourceArg(name = "postgres", value = "chat"),
            @ResourceArg(name = "kafka", value = "")
        })
@QuarkusTestResource(SandboxResource.class)
abstract class ServiceTest {
    @Infra
    PassIssuer passes;

    Twilio twilio;

    final RoomKey room = new RoomKey("e1", "r" + UUID.randomUUID().toString().substring(0, 8));
    final String path = "/v1/events/e1/rooms/" + room.roomId();

    @AfterEach
    void twilioIsWellAndWasCalledAsItDescribes() {
        twilio.clearFaults();
        assertThat(twilio.violations()).isEmpty();
    }

    RequestSpecification as(String userId) {
        return given().auth().oauth2(passes.issue(PassRequest.participant("e1", userId)));
    }

    RequestSpecification asModerator(String userId) {
        return given().auth().oauth2(passes.issue(PassRequest.moderator("e1", userId)));
    }

    /** Enters the room's chat; the conversation's SID. */
    String enter(String userId) {
        return as(userId).post(path + "/chat").then().statusCode(200).extract().path("conversationSid");
    }
}
