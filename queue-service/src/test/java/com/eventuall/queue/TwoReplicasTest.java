package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.Infra;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Subscriptions;
import com.eventuall.queue.redis.RedisRoomFeed;
import com.eventuall.queue.redis.RedisRoomStore;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.protocol.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Two replicas of one room over a real Redis, of which one or the other dies without a word again and again while people
 * edit: no acknowledged edit is lost, all replicas end equal, and the events tell one consistent story.
 */
@QuarkusTest
@TestProfile(ServiceTest.class)
class TwoReplicasTest {

    private static final int EDITS = Integer.getInteger("queue.edits", 400);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    RedisCommands redis;

    @Inject
    Subscriptions subscriptions;

    @Infra
    EmbeddedRedis server;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private final RoomKey room =
            new RoomKey("e1", "two" + ThreadLocalRandom.current().nextInt(1 << 30));

    /** A process: its threads stop in the middle of whatever they do when it is killed. */
    private final class Replica {
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private volatile boolean alive = true;
        private final Rooms rooms = new Rooms(
                new RedisRoomStore(redis, Duration.ofMinutes(5)),
                Loop::new,
                QueueSettings.DEFAULTS,
                (state, subscriber) -> state,
                QueueMeter.NONE);
        private final RedisRoomFeed feed = new RedisRoomFeed(rooms, subscriptions);

        private final class Loop implements RoomLoop {
            @Override
            public void execute(Runnable task) {
                if (alive) {
                    thread.execute(() -> run(task));
                }
            }

            @Override
            public void later(Duration delay, Runnable task) {
                if (alive) {
                    thread.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
                }
            }

            private void run(Runnable task) {
                if (alive) {
                    task.run();
                }
            }

            @Override
            public long now() {
                return System.currentTimeMillis();
            }
        }

        void kill() {
            alive = false;
            thread.shutdownNow();
            feed.stop();
        }

        QueueView view() {
            CompletableFuture<QueueView> view = new CompletableFuture<>();
            rooms.with(
                    room,
                    live -> view.complete(
                            live.isReady() ? live.document().view() : new QueueView(List.of(), List.of(), List.of())));
            return view.join();
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenReplicasDie() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong(1L << 40);
        System.out.printf("TwoReplicasTest: seed %d, %d edits%n", seed, EDITS);
        Random random = new Random(seed);
        List<Replica> replicas = new ArrayList<>(List.of(new Replica(), new Replica()));
        Map<String, String> expected = new HashMap<>();
        int acknowledged = 0;
        int kills = 0;
        for (int i = 0; i < EDITS; i++) {
            if (random.nextInt(40) == 0) {
                int victim = random.nextInt(2);
                replicas.get(victim).kill();
                replicas.set(victim, new Replica());
                kills++;
            }
            Replica replica = replicas.get(random.nextInt(2));
            String user = "u" + random.nextInt(30);
            int what = random.nextInt(10);
            CompletableFuture<Boolean> edit = replica.rooms
                    .<Boolean>edit(room, queue -> edit(queue, user, what), Map.of())
                    .toCompletableFuture();
            if (random.nextInt(60) == 0) {
                replica.kill();
                replicas.set(replicas.indexOf(replica), new Replica());
                kills++;
            }
            try {
                edit.get(1, TimeUnit.SECONDS);
                acknowledged++;
                expected.put(user, what < 2 ? "" : what < 6 ? "live" : "pending");
            } catch (TimeoutException unknown) {
                expected.put(user, "?");
            }
        }
        Map<String, String> certain = new HashMap<>(expected);
        certain.values().removeIf("?"::equals);
        await().atMost(SOON).untilAsserted(() -> {
            QueueView one = replicas.get(0).view();
            assertThat(replicas.get(1).view()).isEqualTo(one);
            certain.forEach(
                    (user, place) -> assertThat(placeIn(one, user)).as(user).isEqualTo(place));
        });
        System.out.printf("%d acknowledged, %d kills, %d certain outcomes%n", acknowledged, kills, certain.size());
        assertThat(kills).isPositive();
        eventsTellOneStory(replicas.get(0));
        replicas.forEach(Replica::kill);
    }

    private static boolean edit(QueueDocument queue, String user, int what) {
        queue.request(user, user, 1, user + "-" + ThreadLocalRandom.current().nextLong());
        return what < 2 ? queue.remove(user) : queue.moveTo(what < 6 ? Place.LIVE : Place.PENDING, user);
    }

    private static String placeIn(QueueView view, String user) {
        boolean live = view.live().stream().anyMatch(entry -> entry.userId().equals(user));
        boolean waits = view.pending().stream().anyMatch(entry -> entry.userId().equals(user));
        return live ? "live" : waits ? "pending" : "";
    }

    private void eventsTellOneStory(Replica replica) {
        try (Events events = new Events(kafka, room.key(), EventType.STAGE_ENTERED, EventType.STAGE_EXITED)) {
            await().atMost(SOON).untilAsserted(() -> {
                Map<String, String> onStage = new HashMap<>();
                for (ReceivedEvent event : events.all()) {
                    if (event.type() == EventType.STAGE_ENTERED) {
                        StageEntered entered = event.as(StageEntered.class);
                        assertThat(onStage.put(entered.userId(), entered.stayId()))
                                .isNull();
                    } else {
                        StageExited exited = event.as(StageExited.class);
                        assertThat(onStage.remove(exited.userId())).isEqualTo(exited.stayId());
                    }
                }
                assertThat(onStage.keySet())
                        .containsExactlyInAnyOrderElementsOf(replica.view().live().stream()
                                .map(QueueEntry::userId)
                                .toList());
            });
        }
    }

    @Test
    void aRedisThatForgetsIsGivenEverythingBack() throws Exception {
        Replica replica = new Replica();
        Watcher watcher = new Watcher();
        replica.rooms.with(room, live -> live.open(watcher));
        replica.rooms
                .edit(room, queue -> edit(queue, "a", 3), Map.of())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        replica.rooms
                .edit(room, queue -> edit(queue, "b", 8), Map.of())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        Published before = new RedisRoomStore(redis, Duration.ofMinutes(5))
                .published(room)
                .toCompletableFuture()
                .get();
        server.kill();
        server.start();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Published after = new RedisRoomStore(redis, Duration.ofMinutes(5))
                    .published(room)
                    .toCompletableFuture()
                    .get();
            assertThat(after.live()).isEqualTo(before.live());
            assertThat(after.pending()).isEqualTo(before.pending());
            assertThat(after.revision()).isGreaterThan(before.revision());
        });
        assertThat(watcher.closed).isNull();
        replica.kill();
    }

    /** A moderator's socket that only listens. */
    private static final class Watcher extends TestSocket {
        private final Doc doc = new Doc();

        Watcher() {
            super("m1", true);
        }

        @Override
        public void send(byte[] frame) {
            if (Message.decode(frame) instanceof Message.Update update) {
                doc.applyUpdate(update.update());
            }
        }
    }
}
