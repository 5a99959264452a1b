package com.eventuall.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.vertx.core.Promise;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionTest extends RedisServerTest {
    /** The promise to operators: after a Redis restart, messages flow again within this time. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger subscribed = new AtomicInteger();
    private Subscription subscription;
    private RedisCommands commands;

    @BeforeEach
    void subscribe() {
        heard.clear();
        subscribed.set(0);
        commands = commands();
        subscription = new Subscriptions(vertx, client(), commands)
                .open(
                        Set.of("news", "sport"),
                        (channel, message) -> heard.add(channel + "=" + new String(message, StandardCharsets.UTF_8)),
                        subscribed::incrementAndGet);
        await().untilAtomic(subscribed, is(1));
    }

    @AfterEach
    void unsubscribe() {
        subscription.stop();
    }

    @Test
    void messagesOfAllChannelsArriveInOrder() {
        publish("news", "1");
        publish("sport", "2");
        publish("news", "3");
        await().untilAsserted(() -> assertThat(heard).containsExactly("news=1", "sport=2", "news=3"));
    }

    @Test
    void comesBackAfterRedisWasKilled() {
        server.kill();
        await().until(() -> !subscription.isSubscribed());
        server.start();
        await().atMost(BACK_WITHIN).until(subscription::isSubscribed);
        assertThat(subscribed.get()).as("told to read everything anew").isGreaterThanOrEqualTo(2);
        publish("news", "after");
        await().atMost(BACK_WITHIN).untilAsserted(() -> assertThat(heard).contains("news=after"));
    }

    @Test
    void comesBackWhenOnlyItsConnectionIsCut() {
        commands.send(Command.CLIENT, "KILL", "TYPE", "pubsub").await().atMost(Duration.ofSeconds(5));
        await().atMost(BACK_WITHIN).untilAtomic(subscribed, is(2));
        publish("news", "after");
        await().untilAsserted(() -> assertThat(heard).contains("news=after"));
    }

    @Test
    void canaryTellsALivingSubscriptionFromADeadOne() {
        // Long enough that only canaries can have been heard.
        await().during(Subscription.SILENCE_LIMIT.plusSeconds(1))
                .atMost(Subscription.SILENCE_LIMIT.plusSeconds(5))
                .until(() -> subscription.silence().compareTo(Subscription.SILENCE_LIMIT) < 0);
        assertThat(subscribed.get()).isEqualTo(1);
    }

    @Test
    void slowAttemptsLeaveOneConnectionOnly() {
        Queue<Runnable> held = new ConcurrentLinkedQueue<>();
        Redis slow = slow(client(), held);
        Subscription late = new Subscriptions(vertx, slow, commands).open(Set.of("late"), (c, m) -> {}, () -> {});
        try {
            await().atMost(Subscription.SILENCE_LIMIT.multipliedBy(5)).until(() -> held.size() >= 2);
            held.forEach(Runnable::run);
            await().until(late::isSubscribed);
            // The others are closed, not kept: each would take one of the pool's few places for good.
            await().untilAsserted(() -> assertThat(subscribers("late")).isEqualTo(1));
        } finally {
            late.stop();
        }
    }

    /** A client whose connections come only when the test lets them. */
    private static Redis slow(Redis real, Queue<Runnable> held) {
        return (Redis) Proxy.newProxyInstance(
                Redis.class.getClassLoader(), new Class<?>[] {Redis.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("connect")) {
                        return method.invoke(real, arguments);
                    }
                    Promise<RedisConnection> connection = Promise.promise();
                    held.add(() -> real.connect().onComplete(connection));
                    return connection.future();
                });
    }

    private int subscribers(String channel) {
        return commands.send(Command.PUBSUB, "NUMSUB", channel)
                .await()
                .atMost(Duration.ofSeconds(5))
                .get(1)
                .toInteger();
    }

    private void publish(String channel, String message) {
        await().atMost(BACK_WITHIN)
                .ignoreExceptions()
                .until(() -> commands.send(Command.PUBLISH, channel, message)
                                .await()
                                .atMost(Duration.ofSeconds(2))
                                .toInteger()
                        == 1);
    }
}
