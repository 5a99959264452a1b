package com.eventuall.queue;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.lib0.YjsFormatException;
import com.eventuall.yjs.protocol.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One room in one process: its document, the sockets that have it open, and what goes between them and the log. Updates are
 * appended to the log first and applied and sent to the sockets when they come back, from whatever replica: durable before
 * visible. Everything runs on the room's one thread.
 */
public final class Room {

    private static final System.Logger LOG = System.getLogger(Room.class.getName());
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final RoomKey key;
    private final RoomStore store;
    private final RoomLoop loop;
    private final QueueSettings settings;
    private final QueueMeter meter;
    private final Consumer<Room> onIdle;
    private final Replica replica;
    private final LogWriter writer;
    private final Announcer announcer;
    private final RoomAwareness awareness;
    private final Map<Subscriber, Session> sessions = new LinkedHashMap<>();
    private volatile RoomLoad load = RoomLoad.NONE;
    private int bytesUntilReady;
    private boolean retired;
    private long usedAt;
    private long askedAt;

    Room(
            RoomKey key,
            RoomStore store,
            RoomLoop loop,
            QueueSettings settings,
            String name,
            AwarenessStamp stamp,
            QueueMeter meter,
            Consumer<Room> onIdle) {
        this.key = key;
        this.store = store;
        this.loop = loop;
        this.settings = settings;
        this.meter = meter;
        this.onIdle = onIdle;
        this.replica = new Replica(this);
        this.writer = new LogWriter(this, name);
        this.announcer = new Announcer(this, name);
        this.awareness = new RoomAwareness(this, stamp);
        this.usedAt = loop.now();
    }

    /** Loads the room and begins to follow it. */
    void start() {
        replica.start();
        awareness.query();
        tick();
    }

    private void tick() {
        if (retired) {
            return;
        }
        replica.catchUp();
        awareness.expire();
        announcer.announce();
        weigh();
        onIdle.accept(this);
        loop.later(TICK, this::tick);
    }

    private void weigh() {
        Doc doc = document().doc();
        load = new RoomLoad(
                sessions.size(),
                replica.entriesSinceSnapshot(),
                writer.unwrittenBytes(),
                doc.pendingBytes(),
                announcer.pendingMillis());
    }

    /** What it took some moments ago. Safe for all threads. */
    RoomLoad load() {
        return load;
    }

    // --- sockets

    /** Opens a socket; frames may follow at once. */
    public void open(Subscriber subscriber) {
        Session session = new Session(this, subscriber);
        sessions.put(subscriber, session);
        weigh();
        if (replica.isReady()) {
            session.start();
        }
    }

    /** A frame of an open socket. */
    public void receive(Subscriber subscriber, byte[] frame) {
        touch();
        if (isReady()) {
            take(subscriber, frame);
        } else if (bytesUntilReady + frame.length > settings.maxUnwrittenBytes()) {
            refuse(subscriber);
        } else {
            bytesUntilReady += frame.length;
            boolean taken = replica.whenReady(() -> {
                bytesUntilReady -= frame.length;
                take(subscriber, frame);
            });
            if (!taken) {
                bytesUntilReady -= frame.length;
                refuse(subscriber);
            }
        }
    }

    private void refuse(Subscriber subscriber) {
        Session session = sessions.get(subscriber);
        if (session != null) {
            session.close(CloseCode.TRY_LATER);
        }
    }

    private void take(Subscriber subscriber, byte[] frame) {
        Session session = sessions.get(subscriber);
        if (session != null) {
            session.receive(frame);
        }
    }

    /** A socket has closed, whoever did it. */
    public void close(Subscriber subscriber) {
        if (sessions.remove(subscriber) != null) {
            awareness.closed(subscriber);
            weigh();
            touch();
        }
    }

    /** Closes all sockets. */
    public void closeAll(CloseCode code) {
        List.copyOf(sessions.values()).forEach(session -> session.close(code));
    }

    void forEachSubscriber(Consumer<Subscriber> task) {
        List.copyOf(sessions.keySet()).forEach(task);
    }

    public int sockets() {
        return sessions.size();
    }

    void startSessions() {
        List.copyOf(sessions.values()).forEach(Session::start);
    }

    void broadcast(Message message) {
        if (!sessions.isEmpty()) {
            byte[] frame = message.encode();
            List.copyOf(sessions.keySet()).forEach(subscriber -> subscriber.send(frame));
            meter.sent(sessions.size());
        }
    }

    /** Something refers to structs that have not come: whoever has them is asked at once, but not again and again. */
    void askForTheRest() {
        if (loop.now() - askedAt >= ASK_AGAIN.toMillis()) {
            askedAt = loop.now();
            byte[] question = new Message.SyncStep1(document().doc().stateVector()).encode();
            sessions.keySet().stream().filter(Subscriber::mayEdit).forEach(subscriber -> subscriber.send(question));
        }
    }

    // --- edits

    /** An edit that yields something. */
    public interface EditOf<T> {
        T on(QueueDocument document);
    }

    /**
     * Edits the document for a caller who must know that it is done: completes when the edit is durable and announced.
     * Yields what the edit returns; nothing is written if it changes nothing.
     *
     * @param causes by user id, why, where the document cannot say it
     */
    public <T> CompletionStage<T> edit(EditOf<T> edit, Map<String, String> causes) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Runnable failed = () -> done.completeExceptionally(
                new QueueException(ErrorCode.UNAVAILABLE, "The queue cannot be stored at the moment"));
        String trace = loop.trace();
        boolean taken = whenReady(() -> replica.whenFresh(() -> editNow(edit, causes, trace, done, failed), failed));
        if (!taken) {
            failed.run();
        }
        loop.later(settings.editTimeout(), failed);
        return done;
    }

    private <T> void editNow(
            EditOf<T> edit,
            Map<String, String> causes,
            @Nullable String trace,
            CompletableFuture<T> done,
            Runnable failed) {
        try {
            List<byte[]> updates = new ArrayList<>();
            T result = replica.edit(() -> edit.on(document()), updates);
            if (updates.isEmpty()) {
                done.complete(result);
            } else {
                writer.writeLocal(updates, causes, trace).whenComplete((written, failure) -> {
                    if (written == null) {
                        failed.run();
                    } else {
                        announcer.whenAnnounced(written).thenRun(() -> done.complete(result));
                    }
                });
            }
        } catch (QueueException refused) {
            done.completeExceptionally(refused);
        }
    }

    /** Edits the document for the server's own reasons. */
    void editAsServer(Consumer<QueueDocument> edit, Map<String, String> causes) {
        List<byte[]> updates = new ArrayList<>();
        replica.edit(
                () -> {
                    edit.accept(document());
                    return true;
                },
                updates);
        if (!updates.isEmpty()) {
            writer.writeLocal(updates, causes, null);
        }
    }

    /** Takes a well-formed update of a socket. Returns false if too much waits for the store, or inside the document. */
    boolean write(byte[] update) {
        int limit = Math.max(settings.maxUnwrittenBytes(), 2 * update.length);
        if (writer.unwrittenBytes() + update.length > limit
                || document().doc().pendingBytes() > settings.maxPendingBytes()) {
            return false;
        }
        writer.write(update);
        return true;
    }

    // --- what the store tells

    /** An entry was added to the log, by this replica or another. May come twice, late, or not at all. */
    public void receive(RoomStore.Scope scope, long position, byte[] entry) {
        replica.receive(scope, position, entry);
    }

    /** Messages may have been missed: looks into the log. */
    public void follow() {
        replica.catchUp();
    }

    /** @param published reads what was announced; called only if it is news here */
    public void hearAnnounced(RoomStore.Scope scope, long revision, long position, Supplier<Published> published) {
        if (replica.isReady() && scope.equals(scope()) && announcer.isNews(revision, position)) {
            announcer.heard(published.get());
        }
    }

    public void hearNothingNew(RoomStore.Scope scope, long revision, long position) {
        if (replica.isReady() && scope.equals(scope())) {
            announcer.heardNothingNew(revision, position);
        }
    }

    public void hearAwareness(byte[] frame) {
        try {
            awareness.hear(Message.decode(frame));
        } catch (YjsFormatException e) {
            LOG.log(System.Logger.Level.WARNING, "Malformed awareness from another replica of {0}", key);
        }
    }

    // --- life in memory

    /** Drops the room if nobody needs it; it must not be used afterwards. */
    boolean retireIfIdle() {
        boolean idle = sessions.isEmpty()
                && !replica.isAwaited()
                && writer.isIdle()
                && (announcer.isSettled() || !replica.isReady())
                && loop.now() - usedAt >= settings.idleTime().toMillis();
        retired = retired || idle;
        return idle;
    }

    boolean isRetired() {
        return retired;
    }

    void touch() {
        usedAt = loop.now();
    }

    // --- for the room's own parts

    boolean whenReady(Runnable task) {
        touch();
        return replica.whenReady(task);
    }

    RoomKey key() {
        return key;
    }

    RoomStore store() {
        return store;
    }

    RoomLoop loop() {
        return loop;
    }

    QueueSettings settings() {
        return settings;
    }

    QueueMeter meter() {
        return meter;
    }

    Replica replica() {
        return replica;
    }

    LogWriter writer() {
        return writer;
    }

    Announcer announcer() {
        return announcer;
    }

    RoomAwareness awareness() {
        return awareness;
    }

    QueueDocument document() {
        return replica.document();
    }

    RoomStore.Scope scope() {
        return replica.scope();
    }

    long position() {
        return replica.position();
    }

    boolean isReady() {
        return replica.isReady();
    }
}
