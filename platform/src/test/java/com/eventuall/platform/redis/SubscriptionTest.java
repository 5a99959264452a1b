package com.eventuall.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.vertx.mutiny.redis.client.Command;
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
