package com.eventuall.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.presence.Batch;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.RoomStore;
import com.eventuall.presence.ServiceTest;
import com.eventuall.presence.StoredRoom;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTest.class)
class CrowdedRoomTest {
    private static final int PEOPLE = 12_000;
    private static final int CHANGES = 100;

    @Inject
    RoomStore store;

    @Inject
    RedisCommands redis;

    private final RoomKey room = new RoomKey("e1", "r" + UUID.randomUUID());

    private void fill() {
        List<String> words = new ArrayList<>(List.of(RoomKeys.people(room)));
        for (int i = 0; i < PEOPLE; i++) {
            words.add("u" + i);
            words.add("{\"name\":\"N\",\"role\":\"participant\",\"status\":\"online\",\"since\":1}");
        }
        redis.send(Command.HSET, words.toArray(String[]::new)).await().atMost(Duration.ofSeconds(10));
    }

    private CompletionStage<?> pin(int i) {
        return store.apply(room, Batch.anonymous("E1", List.of(new RoomOp.SetPin("T" + i, "u1", "u2"))));
    }

    @Test
    void aRoomReadByPageIsOfOneVersionWhateverChangesMeanwhile() {
        pin(0).toCompletableFuture().join();
        fill();
        List<CompletableFuture<?>> changes = new ArrayList<>();
        List<CompletableFuture<StoredRoom>> reads = new ArrayList<>();
        for (int i = 1; i <= CHANGES; i++) {
            changes.add(pin(i).toCompletableFuture());
            if (i % 10 == 0) {
                reads.add(store.open(room, "E1").toCompletableFuture());
            }
        }
        changes.forEach(CompletableFuture::join);
        reads.add(store.open(room, "E1").toCompletableFuture());
        for (CompletableFuture<StoredRoom> read : reads) {
            StoredRoom found = read.join();
            assertThat(found.state().people()).hasSize(PEOPLE);
            // Each version pinned one more, and is the last of the changes that came along.
            assertThat(found.state().pins()).hasSize((int) found.head().version());
            assertThat(found.recent().get(found.recent().size() - 1).head()).isEqualTo(found.head());
        }
        assertThat(reads.get(reads.size() - 1).join().head().version()).isEqualTo(CHANGES + 1);
    }
}
