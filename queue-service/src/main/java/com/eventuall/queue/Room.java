package com.eventuall.queue;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.lib0.YjsFormatException;
import com.eventuall.yjs.protocol.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one room: the document, the sockets that have it open, and the place in the log up to which the document
 * is complete. Updates are appended to the log first and applied and sent to the sockets when they come back, from whatever
 * replica: durable before visible. Everything runs on the room's one thread.
 */
public final class Room {

    private static final System.Logger LOG = System.getLogger(Room.class.getName());
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final Duration LOAD_RETRY = Duration.ofMillis(500);
    private static final int MAX_WAITING_TASKS = 10_000;

    private final RoomKey key;
    private final RoomStore store;
    private final RoomLoop loop;
    private final QueueSettings settings;
    private final LogWriter writer;
    private final Announcer announcer;
    private final RoomAwareness awareness;
    private final Consumer<Room> onIdle;
    private final Map<Subscriber, Session> sessions = new LinkedHashMap<>();
    private final Deque<Runnable> untilReady = new ArrayDeque<>();
    private final List<byte[]> localUpdates = new ArrayList<>();

    private QueueDocument document;
    private RoomStore.Scope scope = new RoomStore.Scope("", 0);
    private long position;
    private int entriesSinceSnapshot;
    private int bytesSinceSnapshot;
    private boolean editing;
    private boolean quiet;
    private boolean ready;
    private boolean loading;
    private boolean catchingUp;
    private boolean missed;
    private boolean retired;
    private long usedAt;

    Room(
            RoomKey key,
            RoomStore store,
            RoomLoop loop,
            QueueSettings settings,
            String replica,
            AwarenessStamp stamp,
            Consumer<Room> onIdle) {
        this.key = key;
        this.store = store;
        this.loop = loop;
        this.settings = settings;
        this.onIdle = onIdle;
        this.document = newDocument();
        this.writer = new LogWriter(this, replica);
        this.announcer = new Announcer(this, replica);
        this.awareness = new RoomAwareness(this, stamp, this::broadcast);
        this.usedAt = loop.now();
    }

    // --- what others ask of a room

    /** Opens a socket; frames may follow at once. */
    public void open(Subscriber subscriber) {
        Session session = new Session(this, subscriber);
        sessions.put(subscriber, session);
        if (ready) {
            session.start();
        }
    }

    /** A frame of an open socket. */
    public void receive(Subscriber subscriber, byte[] frame) {
        boolean taken = whenReady(() -> {
            Session session = sessions.get(subscriber);
            if (session != null) {
                session.receive(frame);
            }
        });
        if (!taken) {
            subscriber.close(CloseCode.TRY_LATER);
        }
    }

    /** A socket has closed, whoever did it. */
    public void close(Subscriber subscriber) {
        if (sessions.remove(subscriber) != null) {
            awareness.closed(subscriber);
            usedAt = loop.now();
        }
    }

    /** Closes all sockets. */
    public void closeAll(CloseCode code) {
        List.copyOf(sessions.keySet()).forEach(subscriber -> subscriber.close(code));
    }

    public int sockets() {
        return sessions.size();
    }

    /**
     * Edits the document for a caller who must know that it is done: completes when the edit is durable and announced.
     * Yields what the edit returns; nothing is written if it changes nothing.
     *
     * @param causes by user id, why, where the document cannot say it
     */
    public <T> CompletionStage<T> edit(EditOf<T> edit, Map<String, String> causes) {
        CompletableFuture<T> done = new CompletableFuture<>();
        boolean taken = whenReady(() -> {
            try {
                List<byte[]> updates = new ArrayList<>();
                T result = capture(() -> edit.on(document), updates);
                finish(result, updates, causes, done);
            } catch (QueueException refused) {
                done.completeExceptionally(refused);
            }
        });
        if (!taken) {
            done.completeExceptionally(unavailable());
        }
        loop.later(settings.editTimeout().multipliedBy(2), () -> done.completeExceptionally(unavailable()));
        return done;
    }

    /** An edit that yields something. */
    public interface EditOf<T> {
        T on(QueueDocument document);
    }

    private <T> void finish(T result, List<byte[]> updates, Map<String, String> causes, CompletableFuture<T> done) {
        if (updates.isEmpty()) {
            done.complete(result);
            return;
        }
        writer.writeLocal(updates, causes).whenComplete((written, failure) -> {
            if (written == null) {
                done.completeExceptionally(unavailable());
                return;
            }
            announcer.whenAnnounced(written).thenRun(() -> done.complete(result));
            // Durable it is; whether the world has been told yet is not the caller's worry for ever.
            loop.later(settings.editTimeout(), () -> done.complete(result));
        });
    }

    /** Drops the replica if nobody needs it; it must not be used afterwards. */
    boolean retireIfIdle() {
        boolean idle = sessions.isEmpty()
                && untilReady.isEmpty()
                && !loading
                && writer.isIdle()
                && (announcer.isSettled() || !ready)
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

    // --- what the store tells

    /** An entry was added to the log, by this replica or another. May come twice, late, or not at all. */
    public void receive(RoomStore.Scope entryScope, long entryPosition, byte[] entry) {
        if (!ready) {
            missed = true;
        } else if (!entryScope.equals(scope)) {
            reload();
        } else if (entryPosition == position + 1) {
            apply(entry);
        } else if (entryPosition > position) {
            catchUp();
        }
    }

    public void hearAnnounced(RoomStore.Scope announcedScope, Published published) {
        if (ready && announcedScope.equals(scope)) {
            announcer.heard(published);
        }
    }

    public void hearNothingNew(RoomStore.Scope announcedScope, long revision, long upTo) {
        if (ready && announcedScope.equals(scope)) {
            announcer.heardNothingNew(revision, upTo);
        }
    }

    public void hearAwareness(byte[] frame) {
        try {
            awareness.hear(Message.decode(frame));
        } catch (YjsFormatException e) {
            LOG.log(System.Logger.Level.WARNING, "Malformed awareness from another replica of {0}", key);
        }
    }

    /** Messages may have been missed: looks into the log. */
    public void follow() {
        catchUp();
    }

    // --- loading and following

    /** Loads the room and begins to follow it. */
    void start() {
        load(0);
        awareness.query();
        tick();
    }

    /** Loads again what the store has: another replica has replaced the document, or the store has lost it. */
    void reload() {
        ready = false;
        load(scope.generation());
    }

    /**
     * A browser has a document of a later generation than the store, so the store has lost it. An empty room goes on from
     * there; one that holds something already does not.
     */
    boolean adoptGeneration(int generation) {
        if (position > 0 || generation < scope.generation()) {
            return false;
        }
        ready = false;
        load(generation);
        return true;
    }

    private void load(int generation) {
        if (loading) {
            return;
        }
        loading = true;
        store.load(key, generation)
                .whenCompleteAsync(
                        (loaded, failure) -> {
                            loading = false;
                            if (loaded == null) {
                                loop.later(LOAD_RETRY, () -> load(generation));
                            } else {
                                loaded(loaded);
                            }
                        },
                        loop);
    }

    private void loaded(RoomStore.Loaded loaded) {
        boolean otherDocument = loaded.scope().generation() != scope.generation();
        boolean lost = !otherDocument && !loaded.scope().epoch().equals(scope.epoch()) && position > 0;
        boolean replaced = otherDocument && position > 0;
        if (otherDocument) {
            beginDocument(loaded.scope().generation());
        }
        announcer.loaded(lost ? survivor(loaded.published(), announcer.base()) : loaded.published());
        scope = loaded.scope();
        position = loaded.position() - loaded.entries().size();
        entriesSinceSnapshot = 0;
        bytesSinceSnapshot = 0;
        quiet = otherDocument;
        if (loaded.snapshot().length > 0) {
            document.doc().applyUpdate(loaded.snapshot());
        }
        loaded.entries().forEach(this::apply);
        quiet = false;
        ready = true;
        if (lost) {
            LOG.log(System.Logger.Level.WARNING, "The store has lost room {0}; this replica restores it", key);
            writer.write(document.doc().encodeStateAsUpdate());
        }
        resume(replaced);
    }

    private void beginDocument(int generation) {
        document = newDocument();
        document.doc().applyUpdate(Generation.mark(key, generation));
        writer.abandon();
    }

    /** After a loss the replica knows better than the store what the world was told; of the new log it was told nothing. */
    private static Published survivor(Published stored, Published known) {
        return stored.revision() >= known.revision()
                ? stored
                : new Published(known.revision(), 0, known.pending(), known.live());
    }

    private void resume(boolean replaced) {
        if (replaced) {
            closeAll(CloseCode.DOCUMENT_REPLACED);
        } else {
            List.copyOf(sessions.values()).forEach(Session::start);
        }
        announcer.announce();
        writer.resume();
        runWaiting();
        if (missed) {
            missed = false;
            catchUp();
        }
    }

    private void runWaiting() {
        while (ready && !untilReady.isEmpty()) {
            untilReady.poll().run();
        }
    }

    boolean whenReady(Runnable task) {
        usedAt = loop.now();
        if (ready) {
            task.run();
            return true;
        }
        return untilReady.size() < MAX_WAITING_TASKS && untilReady.add(task);
    }

    private void catchUp() {
        if (catchingUp || !ready) {
            return;
        }
        catchingUp = true;
        RoomStore.Scope asked = scope;
        store.entriesAfter(key, scope, position)
                .whenCompleteAsync(
                        (found, failure) -> {
                            catchingUp = false;
                            if (found != null && asked.equals(scope) && ready) {
                                caughtUp(found);
                            }
                        },
                        loop);
    }

    private void caughtUp(RoomStore.Entries found) {
        if (found.status() != RoomStore.Status.DONE) {
            reload();
        } else {
            long number = found.first();
            for (byte[] entry : found.entries()) {
                receive(scope, number++, entry);
            }
        }
    }

    private void apply(byte[] bytes) {
        position++;
        entriesSinceSnapshot++;
        bytesSinceSnapshot += bytes.length;
        try {
            LogEntry entry = LogEntry.decode(bytes);
            document.doc().transact(() -> entry.updates().forEach(document.doc()::applyUpdate));
            writer.takeLocal(entry).forEach(this::broadcastUpdate);
            announcer.applied(entry, position);
        } catch (YjsFormatException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Entry {0} of room {1} is malformed: {2}",
                    position,
                    key,
                    e.getMessage());
        }
        if (document.doc().hasPending()) {
            askForTheRest();
        }
    }

    /** Something refers to structs that have not come: whoever has them is asked at once. */
    private void askForTheRest() {
        byte[] question = new Message.SyncStep1(document.doc().stateVector()).encode();
        sessions.keySet().stream().filter(Subscriber::mayEdit).forEach(subscriber -> subscriber.send(question));
    }

    private void tick() {
        if (retired) {
            return;
        }
        catchUp();
        awareness.expire();
        announcer.announce();
        onIdle.accept(this);
        loop.later(TICK, this::tick);
    }

    // --- writing

    /** Takes a well-formed update of a socket. Returns false if too much waits for the store, or inside the document. */
    boolean write(byte[] update) {
        if (writer.unwrittenBytes() + update.length > Math.max(settings.maxUnwrittenBytes(), 2 * update.length)
                || document.doc().pendingBytes() > settings.maxPendingBytes()) {
            return false;
        }
        writer.write(update);
        return true;
    }

    /** Edits the document for the server's own reasons. */
    void editAsServer(Consumer<QueueDocument> edit, Map<String, String> causes) {
        List<byte[]> updates = new ArrayList<>();
        capture(
                () -> {
                    edit.accept(document);
                    return true;
                },
                updates);
        if (!updates.isEmpty()) {
            writer.writeLocal(updates, causes);
        }
    }

    void whenDocumentIsDurable(Runnable task) {
        writer.whenDocumentIsDurable(task);
    }

    /** After an announcement, by the owner: a snapshot instead of a long log, a new document instead of a large one. */
    void compactIfLarge() {
        boolean longLog = entriesSinceSnapshot >= settings.compactAfterEntries()
                || bytesSinceSnapshot >= settings.compactAfterBytes();
        if (!longLog || !writer.isIdle()) {
            return;
        }
        entriesSinceSnapshot = 0;
        bytesSinceSnapshot = 0;
        byte[] state = document.doc().encodeStateAsUpdate();
        if (state.length > settings.maxDocumentBytes()) {
            byte[] next = document.copyInto(Generation.mark(key, scope.generation() + 1));
            store.rollOver(key, scope, position, next).whenCompleteAsync((status, failure) -> rolledOver(status), loop);
        } else {
            store.compact(key, scope, position, state);
        }
    }

    private void rolledOver(RoomStore.@Nullable Status status) {
        if (status == RoomStore.Status.DONE) {
            reload();
        }
    }

    private <T> T capture(Supplier<T> edit, List<byte[]> updates) {
        editing = true;
        localUpdates.clear();
        try {
            return edit.get();
        } finally {
            editing = false;
            updates.addAll(localUpdates);
        }
    }

    private QueueDocument newDocument() {
        Doc doc = new Doc();
        doc.onUpdate(update -> {
            if (editing) {
                localUpdates.add(update);
            } else if (!quiet) {
                broadcastUpdate(update);
            }
        });
        return new QueueDocument(doc);
    }

    private void broadcastUpdate(byte[] update) {
        broadcast(new Message.Update(update).encode());
    }

    private void broadcast(byte[] frame) {
        List.copyOf(sessions.keySet()).forEach(subscriber -> subscriber.send(frame));
    }

    private static QueueException unavailable() {
        return new QueueException(ErrorCode.UNAVAILABLE, "The queue cannot be stored at the moment");
    }

    // --- for the room's own parts

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

    RoomStore.Scope scope() {
        return scope;
    }

    QueueDocument document() {
        return document;
    }

    RoomAwareness awareness() {
        return awareness;
    }

    long position() {
        return position;
    }

    boolean isReady() {
        return ready;
    }
}
