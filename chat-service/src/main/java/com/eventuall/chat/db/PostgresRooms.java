package com.eventuall.chat.db;

import com.eventuall.chat.Conversations.Conversation;
import com.eventuall.chat.MessageRef;
import com.eventuall.chat.RoomChat;
import com.eventuall.chat.RoomStore;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.ChatMessageRemoved;
import com.eventuall.contracts.events.ChatRoomOpened;
import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.outbox.PostgresInbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Room chats and seats in PostgreSQL. */
@ApplicationScoped
public class PostgresRooms implements RoomStore {
    /** How long a claimer has before another replica may take over; longer than any task takes. */
    static final Duration CLAIM = Duration.ofSeconds(30);

    /** In the inbox: who takes in the removals of messages, and whose ids the messages have. */
    private static final String MESSAGE_REMOVALS = "message-removals";

    private static final String VENDOR = "twilio";

    private static final String OPENED = """
            insert into chat_room (room, phase, conversation_sid, changed_at)
            values (:room, :phase, :sid, :now)
            on conflict (room) do update
              set phase = excluded.phase, conversation_sid = excluded.conversation_sid, changed_at = excluded.changed_at,
                  next_at = null, attempts = 0
              where chat_room.phase = 'OPEN' and chat_room.conversation_sid is null""";
    private static final String END = """
            update chat_room
            set phase = case when conversation_sid is null then 'CLOSED' else 'CLOSING' end, changed_at = :now,
                next_at = case when conversation_sid is null then null else cast(:now as bigint) end, attempts = 0
            where room = :room and phase = 'OPEN'""";
    private static final String CLOSED = """
            update chat_room set phase = 'CLOSED', changed_at = :now, next_at = null
            where conversation_sid = :sid and phase <> 'CLOSED'""";
    private static final String GONE = """
            update chat_room
            set conversation_sid = null, changed_at = :now, attempts = 0,
                phase = case when phase = 'OPEN' then 'OPEN' else 'CLOSED' end,
                next_at = case when phase = 'OPEN' then cast(:now as bigint) end
            where conversation_sid = :sid""";
    private static final String SEAT = """
            insert into chat_seat (room, user_id, role, conversation_sid, joined, next_at)
            values (:room, :user, :role, :sid, :joined, nullif(cast(:due as bigint), 0))
            on conflict (room, user_id) do update
              set role = excluded.role, conversation_sid = excluded.conversation_sid, joined = excluded.joined,
                  next_at = excluded.next_at, attempts = 0""";
    private static final String CLAIM_ROOMS = """
            update chat_room set next_at = :until, attempts = attempts + 1
            where room in (select room from chat_room where next_at <= :now order by next_at limit :limit
                           for update skip locked)
            returning *""";
    private static final String CLAIM_SEATS = """
            update chat_seat set next_at = :until, attempts = attempts + 1
            where (room, user_id) in (select room, user_id from chat_seat where next_at <= :now order by next_at
                                      limit :limit for update skip locked)
            returning *""";

    private final Transactions transactions;
    private final Events events;
    private final Clock clock;

    PostgresRooms(Transactions transactions, Events events, Clock clock) {
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Uni<View> find(RoomKey room, String userId) {
        return transactions.run(session -> session.find(RoomRow.class, room.key())
                .chain(chat -> session.find(SeatRow.class, new SeatRow.Key(room.key(), userId))
                        .map(seat -> new View(
                                Optional.ofNullable(chat).map(RoomRow::chat),
                                Optional.ofNullable(seat)
                                        .filter(row -> row.joined)
                                        .map(SeatRow::seat)))));
    }

    @Override
    public Uni<Optional<RoomChat>> find(RoomKey room) {
        return transactions.run(session -> find(session, room));
    }

    private static Uni<Optional<RoomChat>> find(Mutiny.Session session, RoomKey room) {
        return session.find(RoomRow.class, room.key())
                .map(row -> Optional.ofNullable(row).map(RoomRow::chat));
    }

    @Override
    public Uni<Optional<RoomKey>> roomOf(String conversationSid) {
        return transactions.run(session -> session.createQuery(
                        "from RoomRow where conversationSid = :sid", RoomRow.class)
                .setParameter("sid", conversationSid)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(found -> RoomKey.parse(found.room))));
    }

    @Override
    public Uni<RoomChat> opened(RoomKey room, Conversation conversation) {
        long now = clock.millis();
        RoomChat.Phase phase = conversation.closed() ? RoomChat.Phase.CLOSED : RoomChat.Phase.OPEN;
        return transactions.announcing(session -> session.createNativeQuery(OPENED)
                .setParameter("room", room.key())
                .setParameter("phase", phase.name())
                .setParameter("sid", conversation.sid())
                .setParameter("now", now)
                .executeUpdate()
                .call(rows -> rows == 0 || conversation.closed()
                        ? Uni.createFrom().voidItem()
                        : events.append(
                                session,
                                EventType.CHAT_ROOM_OPENED,
                                new ChatRoomOpened(room.eventId(), room.roomId(), conversation.sid(), now)))
                .chain(rows -> find(session, room))
                .map(Optional::orElseThrow));
    }

    @Override
    public Uni<Optional<RoomChat>> end(RoomKey room) {
        return transactions.run(session -> session.createNativeQuery(END)
                .setParameter("room", room.key())
                .setParameter("now", clock.millis())
                .executeUpdate()
                .chain(rows -> find(session, room)));
    }

    @Override
    public Uni<Void> closed(String conversationSid) {
        return change(CLOSED, conversationSid).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> gone(String conversationSid) {
        return change(GONE, conversationSid).map(rows -> rows > 0);
    }

    private Uni<Integer> change(String sql, String conversationSid) {
        return transactions.run(session -> session.createNativeQuery(sql)
                .setParameter("sid", conversationSid)
                .setParameter("now", clock.millis())
                .executeUpdate());
    }

    @Override
    public Uni<Void> messageRemoved(MessageRef message) {
        return transactions.announcing(session -> PostgresInbox.remember(
                        session, MESSAGE_REMOVALS, VENDOR, message.messageSid())
                .chain(first -> first
                        ? PostgresInbox.forgetOld(session).chain(() -> announceRemoval(session, message))
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> announceRemoval(Mutiny.Session session, MessageRef message) {
        return events.append(
                session,
                EventType.CHAT_MESSAGE_REMOVED,
                new ChatMessageRemoved(
                        message.room().eventId(),
                        message.room().roomId(),
                        message.conversationSid(),
                        message.messageSid(),
                        clock.millis()));
    }

    @Override
    public Uni<Void> seated(Seat seat) {
        return seat(seat, true, 0);
    }

    @Override
    public Uni<Void> seatWanted(Seat seat, Duration delay) {
        return seat(seat, false, clock.millis() + delay.toMillis());
    }

    private Uni<Void> seat(Seat seat, boolean joined, long due) {
        return transactions.run(session -> session.createNativeQuery(SEAT)
                .setParameter("room", seat.room().key())
                .setParameter("user", seat.userId())
                .setParameter("role", seat.role().name())
                .setParameter("sid", seat.conversationSid())
                .setParameter("joined", joined)
                .setParameter("due", due)
                .executeUpdate()
                .replaceWithVoid());
    }

    @Override
    public Uni<Void> unseated(String conversationSid, String userId) {
        return transactions.run(session -> session.createMutationQuery(
                        "delete from SeatRow where conversationSid = :sid and userId = :user")
                .setParameter("sid", conversationSid)
                .setParameter("user", userId)
                .executeUpdate()
                .replaceWithVoid());
    }

    @Override
    public Uni<List<RoomTask>> claimRooms(int limit) {
        return claim(CLAIM_ROOMS, RoomRow.class, limit)
                .map(rows -> rows.stream()
                        .map(row -> new RoomTask(row.chat(), row.attempts - 1))
                        .toList());
    }

    @Override
    public Uni<List<SeatTask>> claimSeats(int limit) {
        return claim(CLAIM_SEATS, SeatRow.class, limit)
                .map(rows -> rows.stream()
                        .map(row -> new SeatTask(row.seat(), row.attempts - 1))
                        .toList());
    }

    private <T> Uni<List<T>> claim(String sql, Class<T> row, int limit) {
        long now = clock.millis();
        return transactions.run(session -> session.createNativeQuery(sql, row)
                .setParameter("now", now)
                .setParameter("until", now + CLAIM.toMillis())
                .setParameter("limit", limit)
                .getResultList());
    }

    @Override
    public Uni<Void> postpone(RoomTask task, Duration delay) {
        return transactions.run(session -> session.createMutationQuery(
                        "update RoomRow set nextAt = :due where room = :room and nextAt is not null")
                .setParameter("due", clock.millis() + delay.toMillis())
                .setParameter("room", task.chat().room().key())
                .executeUpdate()
                .replaceWithVoid());
    }

    @Override
    public Uni<Void> postpone(SeatTask task, Duration delay) {
        return transactions.run(session -> session.createMutationQuery(
                        "update SeatRow set nextAt = :due where room = :room and userId = :user and nextAt is not null")
                .setParameter("due", clock.millis() + delay.toMillis())
                .setParameter("room", task.seat().room().key())
                .setParameter("user", task.seat().userId())
                .executeUpdate()
                .replaceWithVoid());
    }
}
