package com.eventuall.queue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.ParticipantConnected;
import com.eventuall.contracts.events.ParticipantDisconnected;
import com.eventuall.contracts.events.PassRevoked;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.contracts.events.StageWithdrawn;
import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What others tell this service: who has gone for too long leaves the queue, whose role was taken away loses the socket. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class OtherServicesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Infra
    PassIssuer passes;

    @TestHTTPResource("/")
    URI base;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void whoIsGoneForLongerThanTheGraceLeavesTheQueue() {
        RoomKey room = new RoomKey("e1", "grace");
        request(room, "speaker");
        request(room, "waiting");
        request(room, "returning");
        request(room, "late");
        moderator().post(path(room, "/speaker/approve")).then().statusCode(200);
        moderator().post(path(room, "/returning/approve")).then().statusCode(200);
        moderator().post(path(room, "/late/approve")).then().statusCode(200);
        try (Events exits = new Events(kafka, room.key(), EventType.STAGE_EXITED);
                Events withdrawals = new Events(kafka, room.key(), EventType.STAGE_WITHDRAWN)) {
            long now = System.currentTimeMillis();
            // Going and coming are two topics: it may well be heard first that they went.
            gone(room, "returning", now - 60_000);
            back(room, "returning", now);
            gone(room, "late", now - 60_000);
            gone(room, "speaker", now);
            gone(room, "waiting", now);

            await().atMost(SOON).untilAsserted(() -> {
                assertThat(exits.all()).hasSize(2);
                assertThat(withdrawals.all()).hasSize(1);
            });
            List<StageExited> left = exits.all().stream()
                    .map(event -> event.as(StageExited.class))
                    .toList();
            assertThat(left).extracting(StageExited::userId).containsExactlyInAnyOrder("speaker", "late");
            assertThat(left).allSatisfy(exit -> {
                assertThat(exit.reason()).isEqualTo("disconnected");
                assertThat(exit.exitedAt()).as("stage grace of 1 s").isGreaterThanOrEqualTo(now + 1_000);
            });
            StageWithdrawn withdrawal = withdrawals.all().get(0).as(StageWithdrawn.class);
            assertThat(withdrawal.userId()).isEqualTo("waiting");
            assertThat(withdrawal.outcome()).isEqualTo("expired");
            assertThat(withdrawal.withdrawnAt()).as("request grace of 2 s").isGreaterThanOrEqualTo(now + 2_000);
        }
        moderator()
                .get(path(room, ""))
                .then()
                .body("live.userId", contains("returning"))
                .body("pending", empty());
    }

    @Test
    void aRevokedRoleClosesTheSocket() {
        RoomKey room = new RoomKey("e1", "revoked");
        request(room, "u1");
        try (Browser demoted = Browser.open(base, socket(room), passes.issue(PassRequest.moderator("e1", "demoted")));
                Browser other = Browser.open(base, socket(room), passes.issue(PassRequest.moderator("e1", "m1")))) {
            await().atMost(SOON).until(() -> demoted.isSynced() && other.isSynced());
            // A replica hears what is published once it has its partitions, so it is said until it is heard.
            await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> {
                PassRevoked revoked = new PassRevoked("e1", "demoted", System.currentTimeMillis() + 1_000);
                Events.publish(kafka, EventType.PASS_REVOKED, "e1", revoked);
                return demoted.closeCode() == 4403;
            });
            demoted.get(queue -> queue.moveTo(Place.LIVE, "u1"));
            request(room, "u2");
            await().atMost(SOON).untilAsserted(() -> assertThat(other.pending()).containsExactly("u1", "u2"));
            assertThat(other.closeCode()).isEqualTo(-1);
        }
    }

    private void gone(RoomKey room, String userId, long at) {
        Events.publish(
                kafka,
                EventType.PARTICIPANT_DISCONNECTED,
                room.key(),
                new ParticipantDisconnected(room.eventId(), room.roomId(), userId, at, "lost"));
    }

    private void back(RoomKey room, String userId, long at) {
        Events.publish(
                kafka,
                EventType.PARTICIPANT_CONNECTED,
                room.key(),
                new ParticipantConnected(room.eventId(), room.roomId(), userId, userId, "participant", at));
    }

    private void request(RoomKey room, String userId) {
        as(PassRequest.participant("e1", userId))
                .post(path(room, "/requests"))
                .then()
                .statusCode(200);
    }

    private static String socket(RoomKey room) {
        return "v1/events/" + room.eventId() + "/rooms/" + room.roomId();
    }

    private static String path(RoomKey room, String rest) {
        return "/" + socket(room) + "/queue" + rest;
    }

    private RequestSpecification moderator() {
        return as(PassRequest.moderator("e1", "m1"));
    }

    private RequestSpecification as(PassRequest who) {
        return given().contentType("application/json").auth().oauth2(passes.issue(who));
    }
}
