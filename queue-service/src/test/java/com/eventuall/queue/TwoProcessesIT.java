package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.PackagedService;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.yjs.Doc;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two replicas as processes of their own, of which one or the other is killed (SIGKILL) again and again in the middle of an
 * edit, while people edit over REST and two moderators over their sockets. {@code -Dqueue.process-edits=2000} for the long
 * form.
 */
class TwoProcessesIT {

    private static final int EDITS = Integer.getInteger("queue.process-edits", 300);
    private static final int EDITS_PER_KILL = 100;
    private static final int PEOPLE = 8;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ROOM = "v1/events/e1/rooms/processes";
    private static final Path PROGRAM = Path.of("target/quarkus-app/quarkus-run.jar");

    private static final RunDirectory RUN = RunDirectory.create();
    private static final PassIssuer PASSES = PassIssuer.create();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final List<PackagedService> REPLICAS = new ArrayList<>();
    private static EmbeddedRedis redis;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws InterruptedException {
        redis = EmbeddedRedis.inMemory(RUN);
        List<String> topics = Stream.of(EventType.values())
                .flatMap(type -> Stream.of(type.topic(), type.deadLetterTopic()))
                .toList();
        kafka = new EmbeddedKafka(RUN, 0, topics);
        kafka.start();
        Map<String, String> configuration = Map.of(
                "quarkus.redis.hosts",
                redis.url(),
                "kafka.bootstrap.servers",
                kafka.address(),
                "mp.jwt.verify.publickey",
                PASSES.publicKeyPem(),
                "mp.jwt.verify.issuer",
                PassIssuer.ISSUER,
                "eventuall.public-url",
                "https://live.example.com",
                "queue.rate-limit.burst",
                "100000");
        for (int i = 0; i < 2; i++) {
            REPLICAS.add(new PackagedService(RUN, "queue-" + i, PROGRAM, configuration));
        }
        for (PackagedService replica : REPLICAS) {
            replica.awaitReady();
        }
    }

    @AfterAll
    static void stop() {
        REPLICAS.forEach(replica -> replica.process().kill());
        kafka.stop();
        redis.stop();
        RUN.close();
    }

    @Test
    void nothingAcknowledgedIsLostWhenProcessesAreKilled() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong(1L << 40);
        System.out.printf("TwoProcessesIT: seed %d, %d edits%n", seed, EDITS);
        Random random = new Random(seed);
        List<Moderator> moderators = List.of(new Moderator("m0", 0), new Moderator("m1", 1));
        Map<String, String> expected = new TreeMap<>();
        CompletableFuture<Void> outage = CompletableFuture.completedFuture(null);
        int repeated = 0;
        int kills = 0;
        for (int i = 0; i < EDITS; i++) {
            if (i % EDITS_PER_KILL == EDITS_PER_KILL / 2) {
                outage.get(3, TimeUnit.MINUTES);
                outage = killAndRestart(random.nextInt(2), random.nextInt(30));
                kills++;
            }
            if (i % 5 == 0) {
                moderators.get(random.nextInt(2)).edit(random);
                moderators.forEach(Moderator::reconnectIfClosed);
            }
            repeated += editUntilAcknowledged(random, expected) - 1;
        }
        outage.get(3, TimeUnit.MINUTES);

        for (PackagedService replica : REPLICAS) {
            await().atMost(SOON).untilAsserted(() -> {
                moderators.forEach(Moderator::reconnectIfClosed);
                JsonObject lists = lists(replica.base());
                Map<String, String> shown = new TreeMap<>();
                place(lists, "pending", shown);
                place(lists, "live", shown);
                shown.keySet().removeIf(user -> user.startsWith("s"));
                assertThat(shown).as("seed %d", seed).isEqualTo(expected);
                for (Moderator moderator : moderators) {
                    assertThat(moderator.browser.live()).as("seed %d", seed).isEqualTo(users(lists, "live"));
                    assertThat(moderator.browser.pending()).as("seed %d", seed).isEqualTo(users(lists, "pending"));
                }
            });
        }
        assertThat(lists(REPLICAS.get(0).base()))
                .isEqualTo(lists(REPLICAS.get(1).base()));
        int facts = eventsTellOneStory(users(lists(REPLICAS.get(0).base()), "live"));
        moderators.forEach(moderator -> moderator.browser.close());
        System.out.printf(
                "%d edits acknowledged, %d by a moderator's socket, %d kills, %d sent again; 0 lost, %d stage events%n",
                EDITS,
                moderators.stream().mapToInt(moderator -> moderator.edits).sum(),
                kills,
                repeated,
                facts);
    }

    private static CompletableFuture<Void> killAndRestart(int victim, int delayMillis) {
        PackagedService replica = REPLICAS.get(victim);
        return CompletableFuture.runAsync(
                        () -> replica.process().kill(),
                        CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS))
                .thenRunAsync(() -> {
                    replica.restart();
                    try {
                        replica.awaitReady();
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                });
    }

    /** One edit, sent to one replica and then the other until one says that it is done. Returns how often it was sent. */
    private static int editUntilAcknowledged(Random random, Map<String, String> expected) throws InterruptedException {
        String user = "u" + random.nextInt(PEOPLE);
        boolean known = expected.containsKey(user);
        int what = known ? random.nextInt(4) : 0;
        int replica = random.nextInt(2);
        for (int tries = 1; tries < 200; tries++) {
            HttpRequest request = switch (what) {
                case 0 -> post(replica, "/requests", PassRequest.participant("e1", user));
                case 1 -> post(replica, "/" + user + "/approve", PassRequest.moderator("e1", "rest"));
                case 2 -> post(replica, "/" + user + "/demote", PassRequest.moderator("e1", "rest"));
                default ->
                    request(replica, "/" + user, PassRequest.moderator("e1", "rest"))
                            .DELETE()
                            .build();
            };
            if (isDone(request)) {
                switch (what) {
                    case 0 -> expected.putIfAbsent(user, "pending");
                    case 1 -> expected.put(user, "live");
                    case 2 -> expected.put(user, "pending");
                    default -> expected.remove(user);
                }
                return tries;
            }
            replica = 1 - replica;
        }
        throw new AssertionError("no replica takes an edit");
    }

    private static boolean isDone(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204, 503);
            return answer.statusCode() != 503;
        } catch (IOException killed) {
            return false;
        }
    }

    private static HttpRequest post(int replica, String path, PassRequest who) {
        return request(replica, path, who).POST(BodyPublishers.noBody()).build();
    }

    private static HttpRequest.Builder request(int replica, String path, PassRequest who) {
        return request(REPLICAS.get(replica).base(), path, who);
    }

    private static HttpRequest.Builder request(URI base, String path, PassRequest who) {
        return HttpRequest.newBuilder(base.resolve("/" + ROOM + "/queue" + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + PASSES.issue(who));
    }

    private static JsonObject lists(URI base) throws IOException, InterruptedException {
        HttpRequest get =
                request(base, "", PassRequest.participant("e1", "reader")).GET().build();
        return new JsonObject(HTTP.send(get, BodyHandlers.ofString()).body());
    }

    private static List<String> users(JsonObject lists, String list) {
        JsonArray entries = lists.getJsonArray(list);
        return entries.stream()
                .map(entry -> ((JsonObject) entry).getString("userId"))
                .toList();
    }

    private static void place(JsonObject lists, String list, Map<String, String> places) {
        users(lists, list)
                .forEach(user -> assertThat(places.put(user, list)).as(user).isNull());
    }

    /** Entering and leaving alternate per person, and what is left at the end is the live list. Returns the number of facts. */
    private static int eventsTellOneStory(List<String> live) {
        int[] facts = new int[1];
        try (Events events =
                new Events(kafka.address(), "e1:processes", EventType.STAGE_ENTERED, EventType.STAGE_EXITED)) {
            await().atMost(SOON).untilAsserted(() -> {
                Map<String, String> onStage = new HashMap<>();
                List<ReceivedEvent> all = events.all();
                assertThat(all.stream().map(ReceivedEvent::sequence)).doesNotHaveDuplicates();
                for (ReceivedEvent event : all) {
                    if (event.type() == EventType.STAGE_ENTERED) {
                        StageEntered entered = event.as(StageEntered.class);
                        assertThat(onStage.put(entered.userId(), entered.stayId()))
                                .as(entered.userId())
                                .isNull();
                    } else {
                        StageExited exited = event.as(StageExited.class);
                        assertThat(onStage.remove(exited.userId())).isEqualTo(exited.stayId());
                    }
                }
                assertThat(onStage.keySet()).containsExactlyInAnyOrderElementsOf(live);
                facts[0] = all.size();
            });
        }
        return facts[0];
    }

    /** Edits people of their own, over a socket to one replica, or to the other one when that has gone. */
    private static final class Moderator {
        private final String name;
        private final Doc doc = new Doc();
        private Browser browser = new Browser(doc);
        private int replica;
        private int edits;

        Moderator(String name, int replica) {
            this.name = name;
            this.replica = replica;
            connect();
        }

        void edit(Random random) {
            String user = "s" + random.nextInt(3);
            int what = random.nextInt(5);
            edits++;
            browser.get(queue -> {
                queue.request(user, user, 1, name + "-" + edits);
                return what == 0 ? queue.remove(user) : queue.moveTo(what < 3 ? Place.LIVE : Place.PENDING, user);
            });
        }

        void reconnectIfClosed() {
            if (browser.closeCode() != -1) {
                browser.close();
                replica = 1 - replica;
                browser = new Browser(doc);
                connect();
            }
        }

        private void connect() {
            try {
                browser.connect(REPLICAS.get(replica).base(), ROOM, PASSES.issue(PassRequest.moderator("e1", name)));
            } catch (CompletionException killed) {
                replica = 1 - replica;
                browser.connect(REPLICAS.get(replica).base(), ROOM, PASSES.issue(PassRequest.moderator("e1", name)));
            }
        }
    }
}
