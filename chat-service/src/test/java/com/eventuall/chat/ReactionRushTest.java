package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** 200 people react to one message at once, each twice, in random order. */
@QuarkusTest
class ReactionRushTest extends ServiceTest {
    private static final Logger LOG = Logger.getLogger(ReactionRushTest.class);
    private static final int USERS = 200;
    private static final List<String> EMOJIS = List.of("heart", "laugh", "\uD83D\uDC4D");

    @Test
    void theFinalSetsAreExactAndAttributesAreWrittenSeldom() {
        long seed = System.nanoTime();
        LOG.infof("seed %d", seed);
        Random random = new Random(seed);
        String conversation = enter("ann");
        HttpClient http = HttpClient.newHttpClient();
        warmUp(http, twilio.message(conversation, "{}"), random);
        String message = twilio.message(conversation, "{}");
        int writesBefore = twilio.calls("updateMessage");
        Map<String, Set<String>> expected = new HashMap<>();
        List<List<HttpRequest>> toggles = toggles(message, random, expected);

        List<CompletableFuture<List<String>>> answers =
                toggles.stream().map(both -> inOrder(http, both)).toList();
        assertThat(answers.stream().flatMap(answer -> answer.join().stream())).containsOnly("200");
        long quietSince = System.nanoTime();

        Map<String, List<String>> shown = as("ann")
                .get(path + "/chat/messages/" + message + "/reactions")
                .then()
                .extract()
                .path("reactions");
        assertThat(sets(shown)).isEqualTo(expected);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    JsonObject attributes = twilio.attributes(conversation, message);
                    assertThat(counts(attributes)).isEqualTo(sizes(expected));
                    assertThat(onlyThem(attributes, expected)).isTrue();
                });
        long mirroredAfter = Duration.ofNanos(System.nanoTime() - quietSince).toMillis();
        int writes = twilio.calls("updateMessage") - writesBefore;
        LOG.infof("%d toggles, %d attribute writes, mirrored %d ms after quiet", 2 * USERS, writes, mirroredAfter);
        assertThat(writes).isLessThan(2 * USERS / 10);
    }

    /** The first requests of a fresh JVM take seconds; what is looked at here is not that. */
    private void warmUp(HttpClient http, String message, Random random) {
        for (List<HttpRequest> both : toggles(message, random, new HashMap<>())) {
            inOrder(http, both).join();
        }
    }

    /** One person's toggles one after the other; a status each, with the reason if it is not 200. */
    private static CompletableFuture<List<String>> inOrder(HttpClient http, List<HttpRequest> toggles) {
        List<String> answers = new ArrayList<>();
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (HttpRequest toggle : toggles) {
            last = last.thenCompose(before -> http.sendAsync(toggle, HttpResponse.BodyHandlers.ofString()))
                    .thenAccept(answer ->
                            answers.add(answer.statusCode() == 200 ? "200" : answer.statusCode() + answer.body()));
        }
        return last.thenApply(done -> answers);
    }

    /** Two toggles of each person, in random order of people. */
    private List<List<HttpRequest>> toggles(String message, Random random, Map<String, Set<String>> expected) {
        URI address =
                URI.create("http://127.0.0.1:" + RestAssured.port + path + "/chat/messages/" + message + "/reactions");
        List<List<HttpRequest>> toggles = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            String user = "user-with-a-long-identity-" + i;
            String pass = passes.issue(PassRequest.participant("e1", user));
            List<HttpRequest> both = new ArrayList<>();
            for (int twice = 0; twice < 2; twice++) {
                String emoji = EMOJIS.get(random.nextInt(EMOJIS.size()));
                Set<String> people = expected.computeIfAbsent(emoji, key -> new TreeSet<>());
                if (!people.remove(user)) {
                    people.add(user);
                }
                both.add(HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + pass)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                new JsonObject().put("emoji", emoji).encode()))
                        .build());
            }
            toggles.add(both);
        }
        expected.values().removeIf(Set::isEmpty);
        Collections.shuffle(toggles, random);
        return toggles;
    }

    private static Map<String, Set<String>> sets(Map<String, List<String>> lists) {
        Map<String, Set<String>> sets = new HashMap<>();
        lists.forEach((emoji, people) -> {
            assertThat(new HashSet<>(people)).hasSameSizeAs(people);
            sets.put(emoji, new TreeSet<>(people));
        });
        return sets;
    }

    private static Map<String, Integer> sizes(Map<String, Set<String>> sets) {
        Map<String, Integer> sizes = new HashMap<>();
        sets.forEach((emoji, people) -> sizes.put(emoji, people.size()));
        return sizes;
    }

    /** Whether the ids that fit are of people who reacted, none of them twice. */
    private static boolean onlyThem(JsonObject attributes, Map<String, Set<String>> expected) {
        return attributes.getJsonObject("reactions").stream().allMatch(entry -> {
            List<?> ids = ((JsonArray) entry.getValue()).getList();
            return new HashSet<>(ids).size() == ids.size()
                    && expected.get(entry.getKey()).containsAll(ids);
        });
    }

    /** What readers of the attributes take for the number of reactions. */
    private static Map<String, Integer> counts(JsonObject attributes) {
        JsonObject counted = attributes.getJsonObject("reactionCounts", new JsonObject());
        Map<String, Integer> counts = new HashMap<>();
        for (Map.Entry<String, Object> entry : attributes.getJsonObject("reactions", new JsonObject())) {
            counts.put(entry.getKey(), counted.getInteger(entry.getKey(), ((JsonArray) entry.getValue()).size()));
        }
        return counts;
    }
}
