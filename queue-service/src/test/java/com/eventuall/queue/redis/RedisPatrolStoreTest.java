package com.eventuall.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.queue.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTest.class)
class RedisPatrolStoreTest {
    private static final Duration RETENTION = Duration.ofMinutes(5);

    @Inject
    RedisCommands redis;

    @Test
    void thePeopleOfARoomAreForgottenWithIt() {
        RoomKey room = new RoomKey("e1", "r" + UUID.randomUUID());
        RedisPatrolStore store = new RedisPatrolStore(redis, RETENTION);
        store.back(room, "ann", 1_000).toCompletableFuture().join();
        store.gone(room, "ann", 2_000, Long.MAX_VALUE >> 11)
                .toCompletableFuture()
                .join();
        long left = redis.send(Command.PTTL, RoomKeys.presence(room))
                .await()
                .atMost(Duration.ofSeconds(5))
                .toLong();
        assertThat(left).isBetween(1L, RETENTION.toMillis());
    }
}
