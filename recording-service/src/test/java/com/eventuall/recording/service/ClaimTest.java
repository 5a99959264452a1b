package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.Role;
import com.eventuall.recording.RecordingState;
import com.eventuall.recording.RecordingStore;
import com.eventuall.recording.RecordingStore.Claim;
import com.eventuall.recording.Transition;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets which recording when, on real PostgreSQL. */
@QuarkusTest
@TestProfile(WithoutRunner.class)
class ClaimTest extends ServiceTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Buffer UNREADABLE = Buffer.buffer("of a key that is gone, or of nothing at all");

    @Inject
    RecordingStore store;

    @Inject
    Pool pool;

    @BeforeEach
    void nothingElseIsDue() {
        pool.query("update work set next_at = null, woken = false").executeAndAwait();
    }

    private UUID recording(RecordingState state, Buffer streamKey) {
        UUID id = UUID.randomUUID();
        pool.preparedQuery("""
                        insert into recording (id, event_id, room_id, low_latency, layout, requested_by, requested_at, state,
                          since, tries, stays_version, planned_version, stream_id, stream_key)
                        values ($1, 'e1', $2, false, 'grid', 'mod', now(), $3, now(), 0, 0, 0, 'LS1', $4)""").executeAndAwait(Tuple.of(id, roomId, state.name(), streamKey));
        return id;
    }

    private void due(UUID id, String minutesAgo) {
        pool.preparedQuery("insert into work (recording_id, next_at, woken, fence)"
                        + " values ($1, now() - cast($2 as text)::interval, false, 0)")
                .executeAndAwait(Tuple.of(id, minutesAgo + " minutes"));
    }

    private void onlyWoken(UUID id) {
        pool.preparedQuery("insert into work (recording_id, next_at, woken, fence) values ($1, null, true, 0)")
                .executeAndAwait(Tuple.of(id));
    }

    private Optional<Claim> claim(Duration lease) {
        return store.claim("test", lease).toCompletableFuture().join();
    }

    private static UUID id(Optional<Claim> claim) {
        return claim.orElseThrow().recording().id();
    }

    @Test
    void aRecordingThatWasOnlyWokenIsDueAgainWhenItsClaimerDies() {
        UUID id = recording(RecordingState.READY, null);
        onlyWoken(id);
        assertThat(id(claim(Duration.ofMillis(1)))).isEqualTo(id);
        Claim again = await().atMost(SOON)
                .until(() -> claim(LONG), Optional::isPresent)
                .orElseThrow();
        assertThat(again.recording().id()).isEqualTo(id);
        assertThat(again.fence()).isEqualTo(2);

        store.saveAndRelease(again, new Transition(again.recording(), null, List.of()))
                .toCompletableFuture()
                .join();
        assertThat(claim(LONG)).isEmpty();
    }

    @Test
    void aLostStreamKeyHoldsUpItsOwnRecordingOnly() {
        UUID lost = recording(RecordingState.RECORDING, UNREADABLE);
        due(lost, "10");
        roomId = "another-" + roomId;
        UUID good = recording(RecordingState.RECORDING, null);
        due(good, "5");
        assertThat(id(claim(LONG))).isEqualTo(good);
        assertThat(claim(LONG)).isEmpty();
    }

    @Test
    void whatHasEndedNeedsNoStreamKey() {
        UUID ended = recording(RecordingState.READY, UNREADABLE);
        onlyWoken(ended);
        assertThat(id(claim(LONG))).isEqualTo(ended);
    }

    @Test
    void peopleSeeRecordingsWhoseStreamKeyIsLost() {
        UUID ended = recording(RecordingState.READY, UNREADABLE);
        UUID live = recording(RecordingState.RECORDING, UNREADABLE);
        assertThat(as(Role.PARTICIPANT)
                        .get(path())
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("recordings.id"))
                .containsExactlyInAnyOrder(ended.toString(), live.toString());
    }
}
