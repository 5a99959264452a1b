package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageRequested;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.platform.redis.Shards;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What only shows with real processes: a rush to both replicas, and the crash of the one that mirrors. */
class TwoProcessesIT {
    /** Looks for work so much more often than the other one that it is the one that mirrors. */
    private static final Map<String, String> EAGER = Map.of("CHAT_WORK_INTERVAL", "30ms");

    /** Says in its log when something holds up an event loop. */
    private static final Map<String, String> LAZY = Map.of(
            "CHAT_WORK_INTERVAL",
            "4s",
            "QUARKUS_VERTX_MAX_EVENT_LOOP_EXECUTE_TIME",
            "100ms",
            "EVENTUALL_LOG_JSON",
            "false");

    private static final List<String> TWILIO_OPERATIONS = List.of(
            "createConversation",
            "fetchConversation",
            "updateConversation",
            "createParticipant",
            "fetchMessage",
            "updateMessage");
    private static final Logger LOG = Logger.getLogger(TwoProcessesIT.class.getName());

    private static TwoProcesses service;

    @BeforeAll
    static void start() {
        service = new TwoProcesses();
        service.start(0, EAGER);
        service.start(1, LAZY);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void twilioWasCalledAsItDescribes() {
        assertThat(service.twilio.violations()).isEmpty();
    }

    @Test
    void twentyFirstCallsToTwoReplicasMakeOneConversationAndOneRow() throws SQLException {
        RoomKey room = new RoomKey("e1", "rush");
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(send(post(i % 2, room, "/chat", "user-" + i, "")));
        }

        Set<String> answers = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            HttpResponse<String> answer = call.join();
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
            answers.add(new JsonObject(answer.body()).getString("conversationSid"));
        }

        assertThat(answers).hasSize(1);
        assertThat(service.twilio.conversations(":e1:rush"))
                .singleElement()
                .satisfies(conversation ->
                        assertThat(conversation.getString("sid")).isIn(answers));
        assertThat(rows("select count(*) from chat_room where room = 'e1:rush'"))
                .isEqualTo(1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Twilio.identities(
                                service.twilio.conversation(answers.iterator().next())))
                        .hasSize(20));
    }

    @Test
    void aKilledReplicaLosesNoReaction() {
        RoomKey room = new RoomKey("e1", "crash");
        String conversation =
                new JsonObject(send(post(1, room, "/chat", "ann", "")).join().body()).getString("conversationSid");
        String message = service.twilio.message(conversation, "{}");
        String reactions = "/chat/messages/" + message + "/reactions";
        // The write is under way when its writer dies, and is never carried out.
        service.twilio.fault(new JsonObject()
                .put("operation", "fetchMessage")
                .put("match", message)
                .put("effect", "delay")
                .put("delayMs", 3000)
                .put("times", 3));

        Set<String> acknowledged = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            String user = "user-" + i;
            HttpResponse<String> answer = send(post(1, room, reactions, user, "{\"emoji\":\"heart\"}"))
                    .join();
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
            acknowledged.add(user);
        }
        String lease = Shards.key("chat", "mirror", room) + ":" + message;
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> exists(lease));
        service.kill(0);

        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            JsonArray shown = service.twilio
                    .attributes(conversation, message)
                    .getJsonObject("reactions", new JsonObject())
                    .getJsonArray("heart", new JsonArray());
            assertThat(shown.stream().map(String.class::cast)).containsExactlyInAnyOrderElementsOf(acknowledged);
        });
        service.start(0, EAGER);
    }

    /** {@code -Dchat.outage-seconds=60} for the long form. */
    @Test
    void whatWasAskedWhileTwilioWasDownIsDoneAfter() {
        RoomKey room = new RoomKey("e1", "outage");
        String conversation =
                new JsonObject(send(post(1, room, "/chat", "ann", "")).join().body()).getString("conversationSid");
        String known = service.twilio.message(conversation, "{}");
        String fresh = service.twilio.message(conversation, "{\"reactions\":{\"sad\":[\"zoe\"]}}");
        send(toggle(room, known, "ann")).join();
        for (String operation : TWILIO_OPERATIONS) {
            service.twilio.fault(new JsonObject()
                    .put("operation", operation)
                    .put("effect", "error")
                    .put("status", 503)
                    .put("times", 1_000_000));
        }

        Set<String> people = new HashSet<>(Set.of("ann"));
        Map<Integer, Integer> answers = new TreeMap<>();
        long until = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("chat.outage-seconds", 10)).toNanos();
        try (Kafka kafka = new Kafka(service.kafka, EventType.VETTING_OPENED)) {
            int vettings = 0;
            while (System.nanoTime() < until) {
                String user = "user-" + people.size();
                people.add(user);
                for (HttpRequest request : List.of(
                        toggle(room, known, user), toggle(room, fresh, user), post(1, room, "/chat", user, ""))) {
                    answers.merge(send(request).join().statusCode(), 1, Integer::sum);
                }
                if (people.size() % 10 == 0) {
                    kafka.publish(
                            EventType.STAGE_REQUESTED,
                            room,
                            new StageRequested("e1", "outage", user, user, "q-" + user, people.size()));
                    vettings++;
                }
            }
            assertThat(answers.keySet()).isSubsetOf(200, 202);
            service.twilio.clearFaults();
            long back = System.nanoTime();

            int expected = vettings;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        assertThat(counted(conversation, known, "heart")).isEqualTo(people.size());
                        assertThat(counted(conversation, fresh, "heart")).isEqualTo(people.size() - 1);
                        assertThat(kafka.events(EventType.VETTING_OPENED, room)).hasSize(expected);
                        assertThat(Twilio.identities(service.twilio.conversation(conversation)))
                                .containsAll(people);
                    });
            LOG.info(String.format(
                    "answers during the outage %s; %d people and %d vettings served %d s after it; event loops blocked"
                            + " for more than 100 ms: %d times",
                    answers,
                    people.size(),
                    expected,
                    Duration.ofNanos(System.nanoTime() - back).toSeconds(),
                    service.blockedEventLoops(1, "started in")));
        }
    }

    private static HttpRequest toggle(RoomKey room, String message, String user) {
        return post(1, room, "/chat/messages/" + message + "/reactions", user, "{\"emoji\":\"heart\"}");
    }

    /** How many have reacted, as a reader of the attributes sees it. */
    private static int counted(String conversation, String message, String emoji) {
        JsonObject attributes = service.twilio.attributes(conversation, message);
        int ids = attributes
                .getJsonObject("reactions", new JsonObject())
                .getJsonArray(emoji, new JsonArray())
                .size();
        return attributes.getJsonObject("reactionCounts", new JsonObject()).getInteger(emoji, ids);
    }

    private static HttpRequest post(int replica, RoomKey room, String path, String user, String body) {
        return HttpRequest.newBuilder(
                        service.address(replica, "/v1/events/" + room.eventId() + "/rooms/" + room.roomId() + path))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Bearer " + service.passes.issue(PassRequest.participant(room.eventId(), user)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return service.http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int rows(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        service.postgres.jdbcUrl("chat"), service.postgres.user(), service.postgres.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Asks Redis in its own words: this test has no client of its own. */
    private static boolean exists(String key) {
        try (Socket socket = new Socket("127.0.0.1", service.redis.port())) {
            socket.getOutputStream().write(("EXISTS " + key + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(2), StandardCharsets.US_ASCII).equals(":1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
