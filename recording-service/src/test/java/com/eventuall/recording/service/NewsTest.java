package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** News that no database takes, and news that comes while the workflow writes. */
@QuarkusTest
class NewsTest extends ServiceTest {
    @Infra
    EmbeddedKafka kafka;

    @Inject
    Pool pool;

    @Inject
    Hints hints;

    @Test
    void poisonousStaysAreSetAsideAndTheNextOneIsKept() {
        List<Map<String, Object>> poison = Stream.of(
                        stay("userId", null),
                        stay("userId", "no blanks please"),
                        stay("stayId", null),
                        stay("stayId", "1:1\u0000"),
                        stay("stayId", "1 1"),
                        stay("enteredAt", Long.MAX_VALUE),
                        stay("enteredAt", 0L))
                .toList();
        try (Topics topics = new Topics(kafka.address())) {
            poison.forEach(payload -> topics.publish(EventType.STAGE_ENTERED, room(), payload));
            topics.publish("\u0000", EventType.STAGE_ENTERED, room(), stay("stayId", "9:8"));
            long now = Instant.now().toEpochMilli();
            topics.publish(EventType.STAGE_ENTERED, room(), new StageEntered("e1", roomId, "ann", "9:9", now));
            await().atMost(SOON).until(() -> stays().equals(List.of("9:9")));
        }
    }

    private Map<String, Object> stay(String field, Object value) {
        Map<String, Object> payload = new LinkedHashMap<>(Map.of(
                "eventId", "e1", "roomId", roomId, "userId", "ann", "stayId", "1:1", "enteredAt", 1_795_377_520_000L));
        payload.put(field, value);
        return payload;
    }

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
        UUID id = recording("READY", "now()");
        SqlConnection workflow = pool.getConnectionAndAwait();
        Transaction transaction = workflow.beginAndAwait();
        lock(workflow, "work", "recording_id", id);
        Stay stay = new Stay("1:1", "ann", Instant.now(), null);
        CompletableFuture<Void> kept = keep(stay, id);
        await().atMost(SOON).until(this::somebodyWaitsForALock);

        lock(workflow, "recording", "id", id);
        transaction.commitAndAwait();
        workflow.closeAndAwait();
        assertThat(kept).succeedsWithin(Duration.ofSeconds(10));
        assertThat(stays()).containsExactly("1:1");
    }

    /** Or the workflow could plan without the stay and end for good before the stay is counted. */
    @Test
    void theWorkflowStoresNothingBetweenTheStayAndItsCount() {
        UUID id = recording("STOPPING", "null");
        SqlConnection reader = pool.getConnectionAndAwait();
        Transaction transaction = reader.beginAndAwait();
        lock(reader, "recording", "id", id);
        CompletableFuture<Void> kept = keep(new Stay("1:1", "ann", Instant.now(), null), id);
        await().atMost(SOON).until(this::somebodyWaitsForALock);

        String ofWorkflow = "select 1 from work where recording_id = '" + id + "' for update skip locked";
        assertThat(pool.query(ofWorkflow).executeAndAwait().size()).isZero();
        transaction.commitAndAwait();
        reader.closeAndAwait();
        assertThat(kept).succeedsWithin(Duration.ofSeconds(10));
        assertThat(pool.query(ofWorkflow).executeAndAwait().size()).isOne();
        rows("select stays_version from recording where id = '" + id + "'")
                .forEachRemaining(row -> assertThat(row.getLong(0)).isOne());
    }

    private CompletableFuture<Void> keep(Stay stay, UUID origin) {
        return hints.stay(new Hints.Origin("test", origin.toString()), new RoomKey("e1", roomId), stay)
                .toCompletableFuture();
    }

    private static void lock(SqlConnection connection, String table, String key, UUID id) {
        connection
                .query("select 1 from " + table + " where " + key + " = '" + id + "' for update")
                .executeAndAwait();
    }

    private boolean somebodyWaitsForALock() {
        return rows("select 1 from pg_locks where not granted").tryAdvance(row -> {});
    }

    /** One with nothing to clip, which no workflow looks at by itself. */
    private UUID recording(String state, String endedAt) {
        UUID id = UUID.randomUUID();
        pool.query("""
                insert into recording (id, event_id, room_id, low_latency, layout, requested_by, requested_at, state, since,
                  tries, ended_at, stays_version, planned_version)
                values ('%s', 'e1', '%s', false, 'grid', 'mod', now(), '%s', now(), 0, %s, 0, 0)""".formatted(id, roomId, state, endedAt)).executeAndAwait();
        pool.query("insert into work (recording_id, woken, fence) values ('" + id + "', false, 0)")
                .executeAndAwait();
        return id;
    }
}
