package com.eventuall.queue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesRegex;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.QueueChanged;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.platform.events.ReceivedEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service over its own interfaces: sockets, REST, events. Each test has a room of its own. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class QueueServiceTest {

    private static final AtomicInteger ROOMS = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(10);

    @Infra
    PassIssuer passes;

    @TestHTTPResource("/")
    URI base;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private String roomId = "";
    private String room = "";
    private final java.util.List<AutoCloseable> opened = new java.util.ArrayList<>();

    @BeforeEach
    void takeARoom() {
        roomId = "room" + ROOMS.incrementAndGet();
        room = "v1/events/e1/rooms/" + roomId;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void aRequestIsListedOnceHoweverOftenItIsMade() {
        as("u1").post(path("/requests")).then().statusCode(200).body("list", equalTo("pending"));
        as("u1").post(path("/requests")).then().statusCode(200);
        as("u2").post(path("/requests")).then().statusCode(200);
        as("u3").get(path(""))
                .then()
                .statusCode(200)
                .body("pending.userId", contains("u1", "u2"))
                .body("pending[0].name", equalTo("Name of u1"))
                .body("pending[0].requestId", matchesRegex("[0-9a-f-]{36}"))
                .body("live", empty())
                .body("revision", greaterThan(1L));
        as("u1").delete(path("/requests/me")).then().statusCode(204);
        as("u1").delete(path("/requests/me")).then().statusCode(204);
        as("u3").get(path("")).then().body("pending.userId", contains("u2"));
    }

    @Test
    void whoAsksAgainAndAgainIsToldToWait() {
        Response answer = as("eager").post(path("/requests"));
        for (int i = 0; i < 200 && answer.statusCode() == 200; i++) {
            answer = as("eager").post(path("/requests"));
        }
        answer.then().statusCode(429).body("code", equalTo("rate-limited")).header("Retry-After", "1");
        as("patient").post(path("/requests")).then().statusCode(200);
    }

    @Test
    void moderatorsMovePeople() {
        List.of("u1", "u2", "u3")
                .forEach(user -> as(user).post(path("/requests")).then().statusCode(200));
        moderator().body("{\"index\":0}").put(path("/u3/position")).then().statusCode(200);
        moderator().post(path("/u2/approve")).then().statusCode(200).body("list", equalTo("live"));
        moderator().post(path("/u2/approve")).then().statusCode(200);
        as("u1").get(path(""))
                .then()
                .body("pending.userId", contains("u3", "u1"))
                .body("live.userId", contains("u2"))
                .body("live[0].stayId", matchesRegex("[0-9]+:[0-9]+"))
                .body("live[0].enteredAt", greaterThan(1_700_000_000_000L));
        moderator().post(path("/u2/demote")).then().statusCode(200);
        moderator().delete(path("/u1")).then().statusCode(204);
        moderator().delete(path("/u1")).then().statusCode(204);
        as("u1").get(path(""))
                .then()
                .body("pending.userId", contains("u3", "u2"))
                .body("live", empty());
    }

    @Test
    void whoMayNotIsTold() {
        as("u1").post(path("/requests")).then().statusCode(200);
        as("u1").post(path("/u1/approve")).then().statusCode(403).body("code", equalTo("not-a-moderator"));
        as("u1").delete(path("/u1")).then().statusCode(403);
        as("u1").body("{\"index\":0}").put(path("/u1/position")).then().statusCode(403);
        moderator().post(path("/nobody/approve")).then().statusCode(404).body("code", equalTo("not-found"));
        moderator().body("{\"index\":-1}").put(path("/u1/position")).then().statusCode(400);
        moderator().body("{}").put(path("/u1/position")).then().statusCode(400);
        given().get(path("")).then().statusCode(401);
        as("u1").get("/v1/events/e2/rooms/main/queue").then().statusCode(403);
        as("u1").get("/v1/events/e1/rooms/a%20b/queue").then().statusCode(400);
    }

    @Test
    void anAddressThatNamesNoEventIsRefused() {
        moderator()
                .urlEncodingEnabled(false)
                .post("/v1/events/;a=b%EF%BF%BD%7D/rooms/%25/queue/u2/demote")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-id"));
    }

    @Test
    void socketsAndRestShowTheSameQueue() {
        Browser one = browser(PassRequest.moderator("e1", "m1"));
        Browser two = browser(PassRequest.moderator("e1", "m2"));
        as("u1").post(path("/requests")).then().statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(two.pending()).containsExactly("u1"));
        one.get(queue -> queue.moveTo(Place.LIVE, "u1"));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(two.live()).containsExactly("u1");
            as("u1").get(path("")).then().body("live.userId", contains("u1"));
        });
    }

    @Test
    void whatParticipantsEditGoesNowhere() {
        as("u1").post(path("/requests")).then().statusCode(200);
        Browser participant = browser(PassRequest.participant("e1", "u1"));
        await().atMost(SOON)
                .until(() -> participant.isSynced() && participant.pending().equals(List.of("u1")));
        participant.get(queue -> queue.moveTo(Place.LIVE, "u1"));
        await().atMost(SOON).until(() -> participant.denied() != null);
        assertThat(participant.closeCode()).isEqualTo(-1);
        Browser moderator = browser(PassRequest.moderator("e1", "m1"));
        await().atMost(SOON).until(moderator::isSynced);
        assertThat(moderator.live()).isEmpty();
        assertThat(moderator.pending()).containsExactly("u1");
    }

    @Test
    void aMalformedFrameClosesItsSocketOnly() {
        Browser one = browser(PassRequest.moderator("e1", "m1"));
        Browser two = browser(PassRequest.moderator("e1", "m2"));
        one.sendRaw(new byte[] {0, 2, 3, 1, 1, 1});
        await().atMost(SOON).untilAsserted(() -> assertThat(one.closeCode()).isEqualTo(4400));
        as("u1").post(path("/requests")).then().statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(two.pending()).containsExactly("u1"));
    }

    @Test
    void tooLargeAndTooManyFramesCloseTheSocket() {
        Browser large = browser(PassRequest.participant("e1", "u1"));
        large.sendRaw(new com.eventuall.yjs.protocol.Message.Update(new byte[200_000]).encode());
        await().atMost(SOON).untilAsserted(() -> assertThat(large.closeCode()).isEqualTo(1009));
        Browser flood = browser(PassRequest.participant("e1", "u2"));
        try {
            for (int i = 0; i < 3000; i++) {
                flood.sendRaw(new byte[] {3});
            }
        } catch (IllegalStateException closedMeanwhile) {
            assertThat(flood.closeCode()).isNotEqualTo(-1);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(flood.closeCode()).isEqualTo(4429));
    }

    @Test
    void awarenessIsSharedWithTheIdentityOfThePass() {
        Browser one = browser(PassRequest.moderator("e1", "m1"));
        Browser two = browser(PassRequest.moderator("e1", "m2"));
        one.say(5, 1, "{\"user\":{\"userId\":\"somebody else\",\"color\":\"red\"},\"selected\":\"u1\"}");
        await().atMost(SOON).until(() -> two.others().size() == 1);
        assertThat(two.others().get(0).state())
                .contains("\"userId\":\"m1\"")
                .contains("\"color\":\"red\"")
                .contains("\"selected\":\"u1\"");
        assertThat(one.others()).as("echo").hasSize(1);
        two.say(5, 9, "{\"stolen\":true}");
        // Frames of one socket are taken in order: once this is seen, the theft has been refused.
        two.say(6, 1, "{\"own\":true}");
        await().atMost(SOON).until(() -> one.others().size() == 2);
        one.close();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(two.others())
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.state()).contains("\"own\":true")));
    }

    @Test
    void aLateBrowserGetsEverythingAndOfflineEditsMerge() {
        List.of("u1", "u2", "u3")
                .forEach(user -> as(user).post(path("/requests")).then().statusCode(200));
        com.eventuall.yjs.Doc doc = new com.eventuall.yjs.Doc();
        Browser offline = new Browser(doc);
        opened.add(offline);
        offline.connect(base, room, passes.issue(PassRequest.moderator("e1", "m1")));
        await().atMost(SOON).until(() -> offline.isSynced() && offline.pending().size() == 3);
        offline.close();
        moderator().delete(path("/u1")).then().statusCode(204);
        Browser again = new Browser(doc);
        opened.add(again);
        again.get(queue -> queue.moveTo(Place.LIVE, "u1"));
        again.get(queue -> queue.moveTo(Place.LIVE, "u2"));
        again.connect(base, room, passes.issue(PassRequest.moderator("e1", "m1")));
        await().atMost(SOON).untilAsserted(() -> {
            as("u1").get(path("")).then().body("live.userId", contains("u2")).body("pending.userId", contains("u3"));
            assertThat(again.live()).containsExactly("u2");
        });
    }

    @Test
    void eventsAlternateAndCarryTheStay() {
        Events events = new Events(
                kafka,
                "e1:" + roomId,
                EventType.STAGE_REQUESTED,
                EventType.STAGE_ENTERED,
                EventType.STAGE_EXITED,
                EventType.STAGE_WITHDRAWN);
        opened.add(events);
        as("u1").post(path("/requests")).then().statusCode(200);
        as("u2").post(path("/requests")).then().statusCode(200);
        moderator().post(path("/u1/approve")).then().statusCode(200);
        moderator().post(path("/u1/demote")).then().statusCode(200);
        moderator().post(path("/u1/approve")).then().statusCode(200);
        moderator().delete(path("/u1")).then().statusCode(204);
        as("u2").delete(path("/requests/me")).then().statusCode(204);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events.types())
                        .containsExactly(
                                "stage-requested",
                                "stage-requested",
                                "stage-entered",
                                "stage-exited",
                                "stage-entered",
                                "stage-exited",
                                "stage-withdrawn"));
        List<ReceivedEvent> all = events.all();
        StageEntered first = all.get(2).as(StageEntered.class);
        StageExited firstExit = all.get(3).as(StageExited.class);
        StageEntered second = all.get(4).as(StageEntered.class);
        StageExited secondExit = all.get(5).as(StageExited.class);
        assertThat(firstExit.stayId()).isEqualTo(first.stayId());
        assertThat(firstExit.enteredAt()).isEqualTo(first.enteredAt());
        assertThat(firstExit.exitedAt()).isGreaterThanOrEqualTo(first.enteredAt());
        assertThat(firstExit.reason()).isEqualTo("demoted");
        assertThat(second.stayId()).isNotEqualTo(first.stayId());
        assertThat(secondExit.stayId()).isEqualTo(second.stayId());
        assertThat(secondExit.reason()).isEqualTo("removed");
    }

    @Test
    void listsAreAnnouncedWithGrowingRevisions() {
        Events events = new Events(kafka, "e1:" + roomId, EventType.QUEUE_CHANGED);
        opened.add(events);
        as("u1").post(path("/requests")).then().statusCode(200);
        moderator().post(path("/u1/approve")).then().statusCode(200);
        await().atMost(SOON).until(() -> events.all().size() == 2);
        QueueChanged first = events.all().get(0).as(QueueChanged.class);
        QueueChanged second = events.all().get(1).as(QueueChanged.class);
        assertThat(first.pending()).containsExactly("u1");
        assertThat(second.live()).containsExactly("u1");
        assertThat(second.revision()).isGreaterThan(first.revision());
    }

    @Test
    void aPlainGetOnTheSocketsAddressIsRest() {
        as("u1").get(path("")).then().statusCode(200).contentType(containsString("application/json"));
    }

    private Browser browser(PassRequest who) {
        Browser browser = Browser.open(base, room, passes.issue(who));
        opened.add(browser);
        return browser;
    }

    private String path(String rest) {
        return "/" + room + "/queue" + rest;
    }

    private RequestSpecification as(String userId) {
        return given().contentType("application/json")
                .auth()
                .oauth2(passes.issue(PassRequest.participant("e1", userId)));
    }

    private RequestSpecification moderator() {
        return given().contentType("application/json").auth().oauth2(passes.issue(PassRequest.moderator("e1", "m1")));
    }
}
