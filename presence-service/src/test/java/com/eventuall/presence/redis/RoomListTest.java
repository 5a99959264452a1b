package com.eventuall.presence.redis;

import static com.eventuall.presence.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.presence.Batch;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.RoomStore;
import com.eventuall.presence.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of an event's rooms: no room is missing, and an event whose rooms have ended leaves nothing behind. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class RoomListTest {
    @Inject
    RoomStore store;

    @Inject
    RedisRoomIndex index;

    @Inject
    RedisCommands redis;

    private final RoomKey room = new RoomKey("e" + UUID.randomUUID(), "r1");

    @BeforeEach
    void begin() {
        store.apply(room, Batch.anonymous("E1", List.of(new RoomOp.SetPin("T1", "u1", "u2"))))
                .toCompletableFuture()
                .join();
    }

    private boolean isListed() {
        return redis.send(Command.SISMEMBER, RoomKeys.roomsOf(room.eventId()), room.roomId())
                        .await()
                        .atMost(Duration.ofSeconds(5))
                        .toInteger()
                == 1;
    }

    @Test
    void aRoomThatEndsIsTakenOff() {
        assertThat(isListed()).isTrue();
        // It ends 3 s after its beginning, as nobody is in it.
        await().until(() -> !isListed());
        assertThat(redis.send(Command.EXISTS, RoomKeys.meta(room))
                        .await()
                        .atMost(Duration.ofSeconds(5))
                        .toInteger())
                .isZero();
    }

    @Test
    void aRoomThatBeganAnewMeanwhileIsPutBack() {
        index.remove(room.eventId(), List.of(room.roomId(), "r2")).await().atMost(Duration.ofSeconds(5));
        assertThat(isListed()).isTrue();
    }
}
