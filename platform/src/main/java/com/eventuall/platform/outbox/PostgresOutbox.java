package com.eventuall.platform.outbox;

import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.events.OutgoingEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * An outbox in PostgreSQL: the tables of {@code db/platform/V0_1__outbox.sql}, which a service adds to its own with {@code
 * quarkus.flyway.locations=db/platform,db/migration}. Rows are removed once published and never looked for by "position
 * greater than the last one seen": a transaction that took a lower position may commit later.
 *
 * <p>{@link #append} also hands out the event's sequence. It holds the room's counter until the transaction ends, so the
 * events of a room leave in the order in which their transactions committed.
 */
public final class PostgresOutbox implements Outbox {
    private static final String LEASE = "relay";
    private static final int LEASE_SECONDS = 15;

    private static final String APPEND = """
            with counted as (
              insert into outbox_sequence (subject, last) values (:subject, 1)
              on conflict (subject) do update set last = outbox_sequence.last + 1
              returning last)
            insert into outbox (id, type, subject, time, sequence, data, trace)
            select cast(:id as uuid), cast(:type as text), cast(:subject as text), cast(:time as bigint), counted.last,
                   cast(:data as text), nullif(cast(:trace as text), '')
              from counted""";
    private static final String ACQUIRE = """
            insert into outbox_lease (name, owner, until) values ($1, $2, now() + make_interval(secs => $3))
            on conflict (name) do update set owner = excluded.owner, until = excluded.until
              where outbox_lease.owner = excluded.owner or outbox_lease.until < now()
            returning owner""";
    private static final String RELEASE = "delete from outbox_lease where name = $1 and owner = $2";
    private static final String PEEK =
            "select position, id, type, subject, time, sequence, data, trace from outbox order by position limit $1";
    private static final String REMOVE = "delete from outbox where position = any($1)";

    private final Pool pool;
    private final String owner = UUID.randomUUID().toString();

    public PostgresOutbox(Pool pool) {
        this.pool = pool;
    }

    /**
     * Writes an event in the session's transaction. Its {@code sequence} is ignored: the next one of its subject is taken.
     * Then {@link OutboxRelay#wake()} after the commit, or wait for the next round.
     */
    public static Uni<Void> append(Mutiny.Session session, OutgoingEvent event) {
        return session.createNativeQuery(APPEND)
                .setParameter("id", event.id())
                .setParameter("type", event.type().type())
                .setParameter("subject", event.subject())
                .setParameter("time", event.time())
                .setParameter("data", event.data())
                .setParameter("trace", event.traceParent() == null ? "" : event.traceParent())
                .executeUpdate()
                .replaceWithVoid();
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public Uni<Boolean> acquire() {
        return pool.preparedQuery(ACQUIRE)
                .execute(Tuple.of(LEASE, owner, (double) LEASE_SECONDS))
                .map(rows -> rows.size() == 1);
    }

    @Override
    public Uni<Void> release() {
        return pool.preparedQuery(RELEASE).execute(Tuple.of(LEASE, owner)).replaceWithVoid();
    }

    @Override
    public Uni<List<Waiting>> peek(int partition, int limit) {
        return pool.preparedQuery(PEEK).execute(Tuple.of(limit)).map(PostgresOutbox::waiting);
    }

    private static List<Waiting> waiting(RowSet<Row> rows) {
        List<Waiting> waiting = new ArrayList<>(rows.size());
        for (Row row : rows) {
            String type = row.getString("type");
            OutgoingEvent event = new OutgoingEvent(
                    row.getUUID("id").toString(),
                    EventType.byType(type).orElseThrow(() -> new IllegalStateException("unknown type " + type)),
                    row.getString("subject"),
                    row.getLong("time"),
                    row.getLong("sequence"),
                    row.getString("data"),
                    row.getString("trace"));
            waiting.add(new Waiting(Long.toString(row.getLong("position")), event));
        }
        return waiting;
    }

    @Override
    public Uni<Void> remove(int partition, List<Waiting> published) {
        Long[] positions =
                published.stream().map(event -> Long.valueOf(event.position())).toArray(Long[]::new);
        return pool.preparedQuery(REMOVE).execute(Tuple.of(positions)).replaceWithVoid();
    }
}
