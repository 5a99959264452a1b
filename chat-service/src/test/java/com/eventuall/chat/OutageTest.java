package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageRequested;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Twilio hangs and then fails, for everything: nothing may wait for it on an event loop. With {@code
 * -Dchat.outage-seconds=60}, on a machine that does nothing else: what is looked at are milliseconds.
 */
@QuarkusTest
@EnabledIfSystemProperty(named = "chat.outage-seconds", matches = "\\d+")
class OutageTest extends ServiceTest {
    private static final Logger LOG = Logger.getLogger(OutageTest.class);
    private static final long OUTAGE_SECONDS = Long.getLong("chat.outage-seconds", 5);
    private static final List<String> OPERATIONS = List.of(
            "createConversation",
            "fetchConversation",
            "updateConversation",
            "createParticipant",
            "fetchMessage",
            "updateMessage");

    @Inject
    EventLoopWatch watch;

    @Inject
    Vertx vertx;

    @Infra
    EmbeddedKafka broker;

    @Test
    void nothingWaitsForTwilioOnAnEventLoop() {
        String conversation = enter("ann");
        // Code that runs for the first time is loaded and compiled on the way, which takes long and is not what is
        // looked at.
        outage(conversation, "warm", Duration.ofSeconds(3));

        watch.clear();
        Map<Integer, Integer> answers = outage(conversation, "user", Duration.ofSeconds(OUTAGE_SECONDS));

        LOG.infof(
                "answers during the outage: %s; event loops blocked for 100 ms: %d, without a core: %d",
                answers, watch.blocked().size(), watch.starved());
        assertThat(answers.keySet()).isSubsetOf(200, 202, 503);
        assertThat(watch.blocked()).isEmpty();
    }

    @Test
    void anEventLoopThatWaitsIsFound() {
        watch.clear();

        vertx.getOrCreateContext().runOnContext(start -> waitFor(300));

        awaitBlockedIn("waitFor");
    }

    @Test
    void anEventLoopThatComputesIsFound() {
        watch.clear();

        // Until it has been found, since how fast it computes is up to the machine.
        vertx.getOrCreateContext()
                .runOnContext(start -> computeUntil(() -> !watch.blocked().isEmpty()));

        awaitBlockedIn("computeUntil");
    }

    private void awaitBlockedIn(String method) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(watch.blocked())
                        .anySatisfy(held -> assertThat(held.stack())
                                .extracting(StackTraceElement::getMethodName)
                                .contains(method)));
    }

    private static void waitFor(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void computeUntil(BooleanSupplier done) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** An outage with people who come, react and ask for the stage, until all that was accepted is done; how often which answer. */
    private Map<Integer, Integer> outage(String conversation, String people, Duration length) {
        String known = twilio.message(conversation, "{}");
        String fresh = twilio.message(conversation, "{\"reactions\":{\"sad\":[\"zoe\"]}}");
        toggle(known, "ann");
        for (String operation : OPERATIONS) {
            twilio.fault(new JsonObject()
                    .put("operation", operation)
                    .put("effect", "error")
                    .put("status", 503)
                    .put("delayMs", 1500)
                    .put("times", 1_000_000));
        }
        Map<Integer, Integer> answers = new TreeMap<>();
        Set<String> asked = new HashSet<>();
        List<Set<String>> accepted = List.of(new HashSet<>(), new HashSet<>(), new HashSet<>());
        try (Kafka kafka = new Kafka(broker, EventType.VETTING_OPENED)) {
            long until = System.nanoTime() + length.toNanos();
            while (System.nanoTime() < until) {
                String user = people + "-" + asked.size();
                asked.add(user);
                kafka.publish(
                        EventType.STAGE_REQUESTED,
                        room,
                        new StageRequested("e1", room.roomId(), user, user, "q-" + user, asked.size()));
                List<Integer> statuses = callAtOnce(
                        () -> toggle(known, user),
                        () -> toggle(fresh, user),
                        () -> as(user).post(path + "/chat").statusCode(),
                        () -> as(user).get(path + "/chat/messages/" + fresh + "/reactions")
                                .statusCode());
                statuses.forEach(status -> answers.merge(status, 1, Integer::sum));
                for (int call = 0; call < accepted.size(); call++) {
                    if (statuses.get(call) < 300) {
                        accepted.get(call).add(user);
                    }
                }
            }
            twilio.clearFaults();
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertMirrored(conversation, known, accepted.get(0));
                assertMirrored(conversation, fresh, accepted.get(1));
                assertThat(Twilio.identities(twilio.conversation(conversation))).containsAll(accepted.get(2));
                assertThat(kafka.events(EventType.VETTING_OPENED, room))
                        .extracting(event -> event.getString("userId"))
                        .containsAll(asked);
            });
        }
        return answers;
    }

    @SafeVarargs
    private static List<Integer> callAtOnce(Supplier<Integer>... calls) {
        List<CompletableFuture<Integer>> underWay =
                Stream.of(calls).map(CompletableFuture::supplyAsync).toList();
        return underWay.stream().map(CompletableFuture::join).toList();
    }

    private int toggle(String message, String user) {
        return as(user).contentType(ContentType.JSON)
                .body("{\"emoji\":\"heart\"}")
                .post(path + "/chat/messages/" + message + "/reactions")
                .statusCode();
    }

    /** These people have reacted, and the attributes count everybody who has. */
    private void assertMirrored(String conversation, String message, Set<String> people) {
        List<String> reacted = as("ann")
                .get(path + "/chat/messages/" + message + "/reactions")
                .then()
                .statusCode(200)
                .extract()
                .path("reactions.heart");
        assertThat(reacted).containsAll(people);
        JsonObject attributes = twilio.attributes(conversation, message);
        int ids = attributes
                .getJsonObject("reactions", new JsonObject())
                .getJsonArray("heart", new JsonArray())
                .size();
        assertThat(attributes.getJsonObject("reactionCounts", new JsonObject()).getInteger("heart", ids))
                .isEqualTo(reacted.size());
    }
}
