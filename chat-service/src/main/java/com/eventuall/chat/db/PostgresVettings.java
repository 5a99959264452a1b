package com.eventuall.chat.db;

import com.eventuall.chat.VettingStore;
import com.eventuall.chat.vetting.Outcome;
import com.eventuall.chat.vetting.Phase;
import com.eventuall.chat.vetting.Vetting;
import com.eventuall.chat.vetting.VettingChange;
import com.eventuall.chat.vetting.VettingChange.Announcement;
import com.eventuall.chat.vetting.VettingRules;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.RoomEvent;
import com.eventuall.contracts.events.VettingClosed;
import com.eventuall.contracts.events.VettingOpened;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Vettings in PostgreSQL. */
@ApplicationScoped
public class PostgresVettings implements VettingStore {
    /** How long a provisional outcome waits for the true one, which is on its way on another topic. */
    static final Duration PROVISIONAL = Duration.ofSeconds(5);

    /** Locks the person until the transaction ends, and answers when they last came on stage. */
    private static final String LOCK = """
            insert into vetting_person (room, user_id, entered_at) values (:room, :user, :entered)
            on conflict (room, user_id) do update
              set entered_at = greatest(vetting_person.entered_at, excluded.entered_at)
            returning entered_at""";

    private static final String CLAIM = """
            update vetting set next_at = :until, attempts = attempts + 1
            where id in (select id from vetting where next_at <= :now order by next_at limit :limit
                         for update skip locked)
            returning *""";
    private static final String SEATED = """
            insert into vetting_seat (moderator_id, conversation_sid, room, user_id, seated_at)
            values (:moderator, :sid, :room, :user, :now) on conflict do nothing""";

    private final Transactions transactions;
    private final Events events;
    private final Clock clock;

    PostgresVettings(Transactions transactions, Events events, Clock clock) {
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Uni<Void> apply(Person person, Function<VettingRules, VettingChange> rule) {
        return applyEntry(person, 0, rule);
    }

    @Override
    public Uni<Void> applyEntry(Person person, long enteredAt, Function<VettingRules, VettingChange> rule) {
        return transactions.announcing(session -> session.createNativeQuery(LOCK, Long.class)
                .setParameter("room", person.room().key())
                .setParameter("user", person.userId())
                .setParameter("entered", enteredAt)
                .getSingleResult()
                .chain(entered -> rows(session, person).chain(rows -> {
                    List<Vetting> vettings =
                            rows.stream().map(VettingRow::vetting).toList();
                    VettingChange change = rule.apply(new VettingRules(vettings, entered));
                    return store(session, person, rows, change);
                })));
    }

    private static Uni<List<VettingRow>> rows(Mutiny.Session session, Person person) {
        return session.createQuery("from VettingRow where room = :room and userId = :user", VettingRow.class)
                .setParameter("room", person.room().key())
                .setParameter("user", person.userId())
                .getResultList();
    }

    private Uni<Void> store(Mutiny.Session session, Person person, List<VettingRow> rows, VettingChange change) {
        if (change.isNothing()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, VettingRow> known = rows.stream().collect(Collectors.toMap(row -> row.requestId, row -> row));
        List<VettingRow> fresh = new ArrayList<>();
        for (Vetting vetting : change.vettings()) {
            VettingRow row = known.get(vetting.requestId());
            if (row == null) {
                row = VettingRow.of(person, vetting.requestId());
                fresh.add(row);
            }
            row.set(vetting, due(vetting));
        }
        // What was live must have ended in the table before the next one is put there: an index allows one at a time.
        return session.flush()
                .chain(() -> session.persistAll(fresh.toArray()))
                .chain(() -> announce(session, person, change.announcements()));
    }

    private Uni<Void> announce(Mutiny.Session session, Person person, List<Announcement> announcements) {
        return Multi.createFrom()
                .iterable(announcements)
                .onItem()
                .transformToUniAndConcatenate(each -> announce(session, person, each))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> announce(Mutiny.Session session, Person person, Announcement announcement) {
        Vetting vetting = announcement.vetting();
        return switch (announcement.kind()) {
            case OPENED -> events.append(session, EventType.VETTING_OPENED, opened(person, vetting));
            case CLOSED ->
                session.createMutationQuery("delete from ModeratorSeatRow where conversationSid = :sid")
                        .setParameter("sid", vetting.conversationSid())
                        .executeUpdate()
                        .chain(() -> events.append(session, EventType.VETTING_CLOSED, closed(person, vetting)));
        };
    }

    private static RoomEvent opened(Person person, Vetting vetting) {
        return new VettingOpened(
                person.room().eventId(),
                person.room().roomId(),
                person.userId(),
                String.valueOf(vetting.conversationSid()),
                vetting.requestId(),
                vetting.changedAt());
    }

    private static RoomEvent closed(Person person, Vetting vetting) {
        Outcome outcome = vetting.outcome();
        return new VettingClosed(
                person.room().eventId(),
                person.room().roomId(),
                person.userId(),
                String.valueOf(vetting.conversationSid()),
                vetting.requestId(),
                vetting.changedAt(),
                (outcome == null ? Outcome.WITHDRAWN : outcome).wireName());
    }

    private @Nullable Long due(Vetting vetting) {
        return switch (vetting.next()) {
            case NONE -> null;
            case OPEN -> clock.millis();
            case CLOSE -> clock.millis() + (vetting.provisional() ? PROVISIONAL.toMillis() : 0);
        };
    }

    @Override
    public Uni<Optional<Person>> personOf(String conversationSid) {
        return transactions.run(
                session -> session.createQuery("from VettingRow where conversationSid = :sid", VettingRow.class)
                        .setParameter("sid", conversationSid)
                        .getSingleResultOrNull()
                        .map(row -> Optional.ofNullable(row).map(VettingRow::person)));
    }

    @Override
    public Uni<List<VettingTask>> claim(int limit) {
        long now = clock.millis();
        return transactions.run(session -> session.createNativeQuery(CLAIM, VettingRow.class)
                .setParameter("now", now)
                .setParameter("until", now + PostgresRooms.CLAIM.toMillis())
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new VettingTask(row.person(), row.vetting(), row.attempts - 1))
                        .toList()));
    }

    @Override
    public Uni<Void> postpone(VettingTask task, Duration delay) {
        return transactions.run(session -> session.createMutationQuery("update VettingRow set nextAt = :due"
                        + " where room = :room and userId = :user and requestId = :request and nextAt is not null")
                .setParameter("due", clock.millis() + delay.toMillis())
                .setParameter("room", task.person().room().key())
                .setParameter("user", task.person().userId())
                .setParameter("request", task.vetting().requestId())
                .executeUpdate()
                .replaceWithVoid());
    }

    @Override
    public Uni<List<OpenVetting>> open(RoomKey room, String after, int limit) {
        return transactions.run(session -> session.createQuery(
                        "from VettingRow where room = :room and phase = :open and userId > :after order by userId",
                        VettingRow.class)
                .setParameter("room", room.key())
                .setParameter("open", Phase.OPEN)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream().map(PostgresVettings::open).toList()));
    }

    private static OpenVetting open(VettingRow row) {
        return new OpenVetting(row.userId, String.valueOf(row.conversationSid), row.requestId, row.requestedAt);
    }

    @Override
    public Uni<Optional<Vetting>> live(Person person) {
        return transactions.run(session -> rows(session, person)
                .map(rows -> rows.stream()
                        .map(VettingRow::vetting)
                        .filter(vetting -> vetting.phase().isLive())
                        .findFirst()));
    }

    @Override
    public Uni<List<ModeratorSeat>> seats(String moderatorId) {
        return transactions.run(session -> session.createQuery(
                        "from ModeratorSeatRow where moderatorId = :moderator order by seatedAt, conversationSid",
                        ModeratorSeatRow.class)
                .setParameter("moderator", moderatorId)
                .getResultList()
                .map(rows -> rows.stream().map(ModeratorSeatRow::seat).toList()));
    }

    @Override
    public Uni<Void> seated(ModeratorSeat seat) {
        return transactions.run(session -> session.createNativeQuery(SEATED)
                .setParameter("moderator", seat.moderatorId())
                .setParameter("sid", seat.conversationSid())
                .setParameter("room", seat.person().room().key())
                .setParameter("user", seat.person().userId())
                .setParameter("now", clock.millis())
                .executeUpdate()
                .replaceWithVoid());
    }

    @Override
    public Uni<Void> unseated(String moderatorId, String conversationSid) {
        return transactions.run(session -> session.createMutationQuery(
                        "delete from ModeratorSeatRow where moderatorId = :moderator and conversationSid = :sid")
                .setParameter("moderator", moderatorId)
                .setParameter("sid", conversationSid)
                .executeUpdate()
                .replaceWithVoid());
    }
}
