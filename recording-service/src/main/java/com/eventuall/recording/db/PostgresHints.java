package com.eventuall.recording.db;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.outbox.PostgresInbox;
import com.eventuall.recording.Hints;
import com.eventuall.recording.clip.Stay;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** News from outside, taken in once each. */
public final class PostgresHints implements Hints {
    private static final String CONSUMER = "recording";

    /** Coming and going may arrive in either order, and going twice. */
    private static final String KEEP_STAY = """
            insert into stay (event_id, room_id, stay_id, user_id, entered_at, exited_at)
            values (:event, :room, :stay, :user, :entered, :exited)
            on conflict (event_id, room_id, stay_id) do update
              set exited_at = coalesce(excluded.exited_at, stay.exited_at)""";

    private static final String KEEP_ENTRY = """
            insert into stay (event_id, room_id, stay_id, user_id, entered_at)
            values (:event, :room, :stay, :user, :entered)
            on conflict (event_id, room_id, stay_id) do nothing""";

    /** Recordings that may show the stay: those under way, and those that ended within a day. */
    private static final String SHOWN = """
            event_id = :event and room_id = :room and (ended_at > now() - interval '1 day'
              or ended_at is null and state not in ('READY', 'FAILED'))""";

    /**
     * The work rows first, as the workflow does, or the two could wait for each other; and all of them, or a recording
     * could plan its clips and end between the two statements that follow, and would never look at the stay.
     */
    private static final String LOCK = """
            select 1 from work where recording_id in (select id from recording where %s)
            order by recording_id for update""".formatted(SHOWN);

    private static final String COUNT_STAY =
            "update recording set stays_version = stays_version + 1 where %s".formatted(SHOWN);

    private static final String WAKE_CLIPPING = """
            update work set woken = true where recording_id in (
              select id from recording where %s and state in ('CLIPPING', 'READY', 'FAILED'))""".formatted(SHOWN);

    private final Transactions transactions;
    private final Runnable workAdded;
    private final WorkTable work = new WorkTable();

    /** @param workAdded told after a commit that may have brought work */
    PostgresHints(Transactions transactions, Runnable workAdded) {
        this.transactions = transactions;
        this.workAdded = workAdded;
    }

    @Override
    public CompletionStage<Void> stay(Origin origin, RoomKey room, Stay stay) {
        return once(
                origin,
                session -> lock(session, room)
                        .chain(() -> keep(session, room, stay))
                        .chain(() -> ofRoom(session.createNativeQuery(COUNT_STAY), room))
                        .chain(() -> ofRoom(session.createNativeQuery(WAKE_CLIPPING), room)));
    }

    private static Uni<Void> lock(Mutiny.Session session, RoomKey room) {
        return session.createNativeQuery(LOCK, Integer.class)
                .setParameter("event", room.eventId())
                .setParameter("room", room.roomId())
                .getResultList()
                .replaceWithVoid();
    }

    private static Uni<Integer> keep(Mutiny.Session session, RoomKey room, Stay stay) {
        Instant exitedAt = stay.exitedAt();
        Mutiny.MutationQuery query = session.createNativeQuery(exitedAt == null ? KEEP_ENTRY : KEEP_STAY)
                .setParameter("event", room.eventId())
                .setParameter("room", room.roomId())
                .setParameter("stay", stay.id())
                .setParameter("user", stay.userId())
                .setParameter("entered", utc(stay.enteredAt()));
        return (exitedAt == null ? query : query.setParameter("exited", utc(exitedAt))).executeUpdate();
    }

    private static Uni<Integer> ofRoom(Mutiny.MutationQuery query, RoomKey room) {
        return query.setParameter("event", room.eventId())
                .setParameter("room", room.roomId())
                .executeUpdate();
    }

    @Override
    public CompletionStage<Void> room(Origin origin, RoomKey room) {
        return once(origin, session -> work.wakeRoom(session, room.eventId(), room.roomId()));
    }

    @Override
    public CompletionStage<Void> recording(Origin origin, UUID recordingId) {
        return once(origin, session -> work.wake(session, recordingId));
    }

    @Override
    public CompletionStage<Void> forgetOld() {
        return transactions
                .run(session -> PostgresInbox.forgetOld(session).replaceWithVoid())
                .subscribeAsCompletionStage();
    }

    private CompletionStage<Void> once(Origin origin, Function<Mutiny.Session, Uni<Integer>> work) {
        return transactions
                .<@Nullable Void>run(session -> PostgresInbox.remember(session, CONSUMER, origin.source(), origin.id())
                        .chain(fresh -> fresh
                                ? work.apply(session).replaceWithVoid()
                                : Uni.createFrom().voidItem()))
                .invoke(workAdded)
                .replaceWithVoid()
                .subscribeAsCompletionStage();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
