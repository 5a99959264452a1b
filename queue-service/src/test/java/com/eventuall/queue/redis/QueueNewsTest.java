package com.eventuall.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.redis.SharedKeys;
import com.eventuall.platform.redis.Subscription;
import com.eventuall.platform.redis.Subscriptions;
import com.eventuall.queue.QueueOperations;
import com.eventuall.queue.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What other services are told over Redis is what Kafka will say. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class QueueNewsTest {
    @Inject
    QueueOperations queue;

    @Inject
    Subscriptions subscriptions;

    @Test
    void aRequestIsTold() {
        RoomKey room = new RoomKey("e1", "r" + UUID.randomUUID());
        List<String> heard = new CopyOnWriteArrayList<>();
        Subscription subscription = subscriptions.open(
                Set.of(SharedKeys.QUEUE_NEWS),
                (channel, message) -> heard.add(new String(message, StandardCharsets.UTF_8)),
                () -> {});
        try {
            await().until(subscription::isSubscribed);
            queue.request(room, "ann", "Ann\nof Rome").toCompletableFuture().join();
            await().until(() -> heard.stream().anyMatch(news -> news.startsWith(room.key() + "\n")));
            String[] lines = heard.stream()
                    .filter(news -> news.startsWith(room.key() + "\n"))
                    .findFirst()
                    .orElseThrow()
                    .split("\n");
            assertThat(lines).hasSize(7);
            assertThat(lines[1]).isEqualTo(EventType.STAGE_REQUESTED.type());
            assertThat(lines[3]).contains("\"userId\":\"ann\"");
            assertThat(lines[4]).isEqualTo(EventType.QUEUE_CHANGED.type());
            assertThat(Long.parseLong(lines[5])).isEqualTo(Long.parseLong(lines[2]) + 1);
            assertThat(lines[6]).contains("\"pending\":[\"ann\"]").doesNotContain("revision\":\"");
        } finally {
            subscription.stop();
        }
    }
}
