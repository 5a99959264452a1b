package com.eventuall.recording.db;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Statements on {@code work}: leases and fences on the database's clock. */
final class WorkTable {
    /** What was only woken gets a time: with {@code woken} alone its claimer's death would leave nothing to find it by. */
    private static final String CLAIM = """
            update work set owner = :owner, fence = fence + 1, woken = false, next_at = coalesce(next_at, now()),
                   leased_until = now() + make_interval(secs => :lease)
            where recording_id = (
              select recording_id from work
              where (next_at <= now() or woken) and (leased_until is null or leased_until < now())
              order by next_at nulls first for update skip locked limit 1)
            returning cast(recording_id as text), fence""";

    private static final String PROLONG = """
            update work set next_at = :next, leased_until = now() + make_interval(secs => :lease)
            where recording_id = :id and fence = :fence""";
    private static final String RELEASE = """
            update work set next_at = :next, leased_until = null, owner = null
            where recording_id = :id and fence = :fence""";
    private static final String RELEASE_FOR_EVER = """
            update work set next_at = null, leased_until = null, owner = null
            where recording_id = :id and fence = :fence""";
    private static final String ADD =
            "insert into work (recording_id, next_at, woken, fence) values (:id, now(), true, 0)";
    private static final String WAKE = "update work set woken = true where recording_id = :id";
    private static final String TAKE_AWAY =
            "update work set woken = true, fence = fence + 1, leased_until = null where recording_id = :id";
    private static final String WAKE_ROOM = """
            update work set woken = true where recording_id in (
              select id from recording where event_id = :event and room_id = :room
                and state in ('STARTING_EGRESS', 'RECORDING', 'STOPPING'))""";

    /** A claimed recording. */
    record Ticket(UUID recordingId, long fence) {}

    Uni<Optional<Ticket>> claim(Mutiny.Session session, String owner, Duration lease) {
        return session.createNativeQuery(CLAIM, Object[].class)
                .setParameter("owner", owner)
                .setParameter("lease", seconds(lease))
                .getResultList()
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Ticket(UUID.fromString((String) row[0]), ((Number) row[1]).longValue())));
    }

    /** Whether the fence is still the newest; if so, the row is locked until the transaction ends. */
    Uni<Boolean> prolong(Mutiny.Session session, Ticket ticket, Instant nextAt, Duration lease) {
        return fenced(session.createNativeQuery(PROLONG)
                .setParameter("next", utc(nextAt))
                .setParameter("lease", seconds(lease))
                .setParameter("id", ticket.recordingId())
                .setParameter("fence", ticket.fence()));
    }

    /** As {@link #prolong}, and the lease ends. */
    Uni<Boolean> release(Mutiny.Session session, Ticket ticket, @Nullable Instant nextAt) {
        return nextAt == null
                ? fenced(session.createNativeQuery(RELEASE_FOR_EVER)
                        .setParameter("id", ticket.recordingId())
                        .setParameter("fence", ticket.fence()))
                : fenced(session.createNativeQuery(RELEASE)
                        .setParameter("next", utc(nextAt))
                        .setParameter("id", ticket.recordingId())
                        .setParameter("fence", ticket.fence()));
    }

    private static Uni<Boolean> fenced(Mutiny.MutationQuery update) {
        return update.executeUpdate().map(rows -> rows == 1);
    }

    Uni<Void> add(Mutiny.Session session, UUID recordingId) {
        return session.createNativeQuery(ADD)
                .setParameter("id", recordingId)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Integer> wake(Mutiny.Session session, UUID recordingId) {
        return session.createNativeQuery(WAKE).setParameter("id", recordingId).executeUpdate();
    }

    /** Ends whatever lease there is: its holder's next write is dropped, and the recording is due. */
    Uni<Integer> takeAway(Mutiny.Session session, UUID recordingId) {
        return session.createNativeQuery(TAKE_AWAY)
                .setParameter("id", recordingId)
                .executeUpdate();
    }

    Uni<Integer> wakeRoom(Mutiny.Session session, String eventId, String roomId) {
        return session.createNativeQuery(WAKE_ROOM)
                .setParameter("event", eventId)
                .setParameter("room", roomId)
                .executeUpdate();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
