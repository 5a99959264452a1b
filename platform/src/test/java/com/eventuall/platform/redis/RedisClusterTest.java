package com.eventuall.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.platform.outbox.OutboxRelay;
import com.eventuall.platform.outbox.RedisOutbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import redis.embedded.core.ExecutableProvider;

/** A real Redis Cluster: three primaries, three replicas. The last test kills a primary. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisClusterTest {
    private static final int SLOTS = 16_384;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final RunDirectory run = RunDirectory.create();
    private final List<RedisClusterNode> nodes = new ArrayList<>();

    @BeforeAll
    void startCluster() throws Exception {
        Path executable = ExecutableProvider.newJarResourceProvider(
                        run.directory("redis-server").toFile())
                .get()
                .toPath();
        for (int i = 0; i < 6; i++) {
            RedisClusterNode node = new RedisClusterNode(run, executable, i);
            node.start();
            nodes.add(node);
        }
        nodes.forEach(node ->
                ask(node, "MEET", "127.0.0.1", Integer.toString(nodes.get(0).port())));
        for (int i = 0; i < 3; i++) {
            String[] slots = IntStream.range(SLOTS * i / 3, SLOTS * (i + 1) / 3)
                    .mapToObj(Integer::toString)
                    .toArray(String[]::new);
            ask(nodes.get(i), "ADDSLOTS", slots);
        }
        for (int i = 0; i < 3; i++) {
            String primary = ask(nodes.get(i), "MYID").toString();
            RedisClusterNode replica = nodes.get(i + 3);
            await().atMost(BACK_WITHIN)
                    .until(() -> ask(replica, "NODES").toString().contains(primary));
            ask(replica, "REPLICATE", primary);
        }
        await().atMost(BACK_WITHIN).until(() -> nodes.stream().allMatch(this::seesAWholeCluster));
    }

    @AfterAll
    void stopCluster() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        nodes.forEach(RedisClusterNode::kill);
        run.close();
    }

    @Test
    @Order(1)
    void allKeysOfAShardAreInOneSlotAndShardsAreSpread() {
        Set<Integer> slots = new HashSet<>();
        Shards.all().forEach(shard -> {
            Set<Integer> ofShard = new HashSet<>();
            for (String service : List.of("presence", "queue", "chat")) {
                ofShard.add(slot(Shards.key(service, shard, "outbox")));
                ofShard.add(slot(RedisOutbox.stream(service, shard)));
            }
            assertThat(ofShard).as("slots of shard %s", shard).hasSize(1);
            slots.addAll(ofShard);
        });
        assertThat(slots).hasSizeGreaterThan(Shards.COUNT / 2);
        RoomKey room = new RoomKey("e1", "main");
        assertThat(List.of(
                        slot(Shards.key("queue", "log", room)),
                        slot(SharedKeys.stage(room)),
                        slot(SharedKeys.conversation(room))))
                .containsOnly(slot(Shards.key("queue", Shards.of(room), "outbox")));
    }

    @Test
    @Order(2)
    void aScriptChangesARoomAndItsOutboxTogether() {
        RedisCommands redis = commands();
        for (int i = 0; i < 50; i++) {
            RoomKey room = new RoomKey("e1", "room" + i);
            Request script = Request.cmd(Command.EVAL)
                    .arg("redis.call('SET', KEYS[1], ARGV[1]) return redis.call('XADD', KEYS[2], '*', 'n', ARGV[1])")
                    .arg(2)
                    .arg(Shards.key("test", "state", room))
                    .arg(Shards.key("test", Shards.of(room), "changes"))
                    .arg(Integer.toString(i));
            assertThat(redis.send(script).await().atMost(LIMIT)).isNotNull();
        }
    }

    @Test
    @Order(3)
    void eventsLeaveTheOutboxesOfAllShards() {
        RedisCommands redis = commands();
        Queue<String> published = new ConcurrentLinkedQueue<>();
        OutboxRelay relay = new OutboxRelay(vertx, new RedisOutbox(redis, "relayed"), events -> {
            events.forEach(event -> published.add(event.id()));
            return Uni.createFrom().voidItem();
        });
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            redis.send(
                            Command.XADD,
                            RedisOutbox.stream("relayed", shard),
                            "*",
                            "id",
                            "id-" + shard,
                            "type",
                            EventType.QUEUE_CHANGED.type(),
                            "room",
                            "e1:r" + shard,
                            "time",
                            "1",
                            "seq",
                            "1",
                            "data",
                            "{}")
                    .await()
                    .atMost(LIMIT);
        }
        relay.start();
        await().atMost(BACK_WITHIN)
                .untilAsserted(() -> assertThat(new HashSet<>(published)).hasSize(Shards.COUNT));
        relay.stop().await().atMost(LIMIT);
    }

    @Test
    @Order(4)
    void aFailOverEndsNeitherCommandsNorSubscriptions() {
        RedisCommands redis = commands();
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        AtomicInteger subscribed = new AtomicInteger();
        Subscription subscription = new Subscriptions(vertx, client(), redis)
                .open(
                        Set.of("news"),
                        (channel, message) -> heard.add(new String(message, StandardCharsets.UTF_8)),
                        subscribed::incrementAndGet);
        await().atMost(BACK_WITHIN).until(() -> subscribed.get() == 1);
        publishUntilHeard(redis, "before", heard);

        // All three, one after the other, so that the one that serves the subscription is among them.
        for (int i = 0; i < 3; i++) {
            RedisClusterNode primary = nodes.get(i);
            RedisClusterNode replica = nodes.get(i + 3);
            primary.kill();
            await().atMost(BACK_WITHIN).until(() -> role(replica).equals("master"));
            primary.start();
            await().atMost(BACK_WITHIN).until(() -> nodes.stream().allMatch(this::seesAWholeCluster));
            String round = "after-" + i;
            publishUntilHeard(redis, round, heard);
            await().atMost(BACK_WITHIN)
                    .ignoreExceptions()
                    .untilAsserted(() -> Shards.all()
                            .forEach(shard -> assertThat(redis.send(Command.SET, Shards.key("test", shard, "x"), round)
                                            .await()
                                            .atMost(LIMIT)
                                            .toString())
                                    .isEqualTo("OK")));
        }
        subscription.stop();
    }

    private static void publishUntilHeard(RedisCommands redis, String message, Queue<String> heard) {
        await().atMost(BACK_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    redis.send(Command.PUBLISH, "news", message).await().atMost(LIMIT);
                    return heard.contains(message);
                });
    }

    private int slot(String key) {
        return ask(nodes.get(0), "KEYSLOT", key).toInteger();
    }

    private boolean seesAWholeCluster(RedisClusterNode node) {
        String info = ask(node, "INFO").toString();
        String peers = ask(node, "NODES").toString();
        return info.contains("cluster_state:ok")
                && info.contains("cluster_known_nodes:6")
                && peers.lines().filter(line -> line.contains("slave")).count() == 3
                && !peers.contains("fail");
    }

    private String role(RedisClusterNode node) {
        return query(node, Request.cmd(Command.ROLE)).get(0).toString();
    }

    private Response ask(RedisClusterNode node, String subcommand, String... arguments) {
        Request request = Request.cmd(Command.CLUSTER).arg(subcommand);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return query(node, request);
    }

    /** Asks one node, on a connection of its own. */
    private Response query(RedisClusterNode node, Request request) {
        io.vertx.mutiny.redis.client.Redis direct =
                new io.vertx.mutiny.redis.client.Redis(Redis.createClient(vertx, node.url()));
        try {
            return direct.send(request).await().atMost(LIMIT);
        } finally {
            direct.close();
        }
    }

    private RedisCommands commands() {
        return new RedisCommands(new io.vertx.mutiny.redis.client.Redis(client()));
    }

    private Redis client() {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        nodes.forEach(node -> options.addConnectionString(node.url()));
        return Redis.createClient(vertx, options);
    }
}
