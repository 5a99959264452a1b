package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Hints;
import com.eventuall.recording.clip.Stay;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** News that comes while the workflow writes. */
@QuarkusTest
class NewsTest extends ServiceTest {
    @Inject
    Pool pool;

    @Inject
    Hints hints;

    private List<String> stays() {
        return StreamSupport.stream(rows("select stay_id from stay where room_id = '" + roomId + "'"), false)
                .map(row -> row.getString(0))
                .toList();
    }

    private java.util.Spliterator<Row> rows(String query) {
        return pool.query(query).executeAndAwait().spliterator();
    }

    /** The workflow locks a recording's work first and then the recording; so must a stay that comes in between. */
    @Test
    void aStayWaitsForTheWorkflowAndNotTheWorkflowForTheStay() {
        UUID id = readyRecording();
        SqlConnection workflow = pool.getConnectionAndAwait();
        Transaction transaction = workflow.beginAndAwait();
        lock(workflow, "work", "recording_id", id);
        Stay stay = new Stay("1:1", "ann", Instant.now(), null);
        CompletableFuture<Void> kept = hints.stay(
                        new Hints.Origin("test", id.toString()), new RoomKey("e1", roomId), stay)
                .toCompletableFuture();
        await().atMost(SOON).until(this::somebodyWaitsForALock);

        lock(workflow, "recording", "id", id);
        transaction.commitAndAwait();
        workflow.closeAndAwait();
        assertThat(kept).succeedsWithin(Duration.ofSeconds(10));
        assertThat(stays()).containsExactly("1:1");
    }

    private static void lock(SqlConnection connection, String table, String key, UUID id) {
        connection
                .query("select 1 from " + table + " where " + key + " = '" + id + "' for update")
                .executeAndAwait();
    }

    private boolean somebodyWaitsForALock() {
        return rows("select 1 from pg_locks where not granted").tryAdvance(row -> {});
    }

    /** One that ended a moment ago and has nothing to clip. */
    private UUID readyRecording() {
        UUID id = UUID.randomUUID();
        pool.query("""
                insert into recording (id, event_id, room_id, low_latency, layout, requested_by, requested_at, state, since,
                  tries, ended_at, stays_version, planned_version)
                values ('%s', 'e1', '%s', false, 'grid', 'mod', now(), 'READY', now(), 0, now(), 0, 0)""".formatted(id, roomId)).executeAndAwait();
        pool.query("insert into work (recording_id, woken, fence) values ('" + id + "', false, 0)")
                .executeAndAwait();
        return id;
    }
}
