package com.eventuall.queue;

import com.eventuall.contracts.CloseCode;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.lib0.YjsFormatException;
import com.eventuall.yjs.protocol.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A room's document and the place in the log up to which it is complete: loads, follows, catches up, gives back to a store
 * what it lost, and shortens the log. Lives on the room's thread.
 */
final class Replica {

    private static final System.Logger LOG = System.getLogger(Replica.class.getName());
    private static final Duration LOAD_RETRY = Duration.ofMillis(500);

    /** Each is a REST caller or a small frame; frames are bound in bytes as well. */
    private static final int MAX_WAITING_TASKS = 10_000;

    /** An edit that waits for the newest document. */
    private record Waiting(Runnable task, Runnable otherwise) {}

    private final Room room;
    private final Deque<Runnable> untilReady = new ArrayDeque<>();
    private final List<Waiting> untilFresh = new ArrayList<>();

    private QueueDocument document;
    private RoomStore.Scope scope = new RoomStore.Scope("", 0);
    private long position;

    /** The last entry whose updates were in this document before they came from the log. */
    private long heldUpTo;

    private int entriesSinceSnapshot;
    private int bytesSinceSnapshot;
    private boolean quiet;
    private boolean ready;
    private boolean loading;
    private boolean catchingUp;
    private boolean missed;

    Replica(Room room) {
        this.room = room;
        this.document = newDocument();
    }

    QueueDocument document() {
        return document;
    }

    RoomStore.Scope scope() {
        return scope;
    }

    long position() {
        return position;
    }

    boolean isReady() {
        return ready;
    }

    int entriesSinceSnapshot() {
        return entriesSinceSnapshot;
    }

    boolean isAwaited() {
        return loading || !untilReady.isEmpty() || !untilFresh.isEmpty();
    }

    /** Runs a task when the room is loaded. Returns false if too many wait for that already. */
    boolean whenReady(Runnable task) {
        if (ready) {
            task.run();
            return true;
        }
        return untilReady.size() < MAX_WAITING_TASKS && untilReady.add(task);
    }

    /**
     * Runs a task when the document has everything that was in the log at the time of the call: whoever edited through
     * another replica before, and was told so, must not meet an older document here.
     */
    void whenFresh(Runnable task, Runnable otherwise) {
        if (untilFresh.size() >= MAX_WAITING_TASKS) {
            otherwise.run();
            return;
        }
        untilFresh.add(new Waiting(task, otherwise));
        catchUp();
    }

    /** The updates of the entry at this position are in the document, wherever the log has been followed to. */
    void holdsAlready(long entryPosition) {
        heldUpTo = Math.max(heldUpTo, entryPosition);
    }

    /** Makes a change and puts the updates it makes into {@code updates}; nobody has seen them yet. */
    <T> T edit(Supplier<T> edit, List<byte[]> updates) {
        Runnable end = document.doc().onUpdate(updates::add);
        try {
            return edit.get();
        } finally {
            end.run();
        }
    }

    // --- loading

    /** Loads the room for the first time. */
    void start() {
        load(0);
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
        room.store()
                .load(room.key(), generation, scope, position)
                .whenCompleteAsync(
                        (loaded, failure) -> {
                            loading = false;
                            if (loaded == null) {
                                room.loop().later(LOAD_RETRY, () -> load(generation));
                            } else {
                                loaded(loaded);
                            }
                        },
                        room.loop());
    }

    private void loaded(RoomStore.Loaded loaded) {
        boolean otherDocument = loaded.scope().generation() != scope.generation();
        boolean lost = !otherDocument && !loaded.scope().epoch().equals(scope.epoch()) && position > 0;
        boolean replaced = otherDocument && position > 0;
        if (otherDocument || lost) {
            heldUpTo = 0;
        }
        if (otherDocument) {
            document = newDocument();
            document.doc()
                    .applyUpdate(Generation.mark(room.key(), loaded.scope().generation()));
            room.writer().abandon();
        }
        Announcer announcer = room.announcer();
        announcer.loaded(lost ? survivor(loaded.published(), announcer.base()) : loaded.published());
        scope = loaded.scope();
        take(loaded, otherDocument);
        ready = true;
        if (lost) {
            LOG.log(System.Logger.Level.WARNING, "The store has lost room {0}; this replica restores it", room.key());
            room.writer().writeLocal(List.of(document.doc().encodeStateAsUpdate()), Map.of(), null);
        }
        resume(replaced);
    }

    /** @param isNew whether sockets will hear the whole document anyway */
    private void take(RoomStore.Loaded loaded, boolean isNew) {
        position = loaded.position() - loaded.entries().size();
        entriesSinceSnapshot = 0;
        bytesSinceSnapshot = 0;
        quiet = isNew;
        if (loaded.snapshot().length > 0) {
            document.doc().applyUpdate(loaded.snapshot());
            broadcast(loaded.snapshot());
        }
        loaded.entries().forEach(this::apply);
        quiet = false;
    }

    /** After a loss the replica knows better than the store what the world was told; of the new log it was told nothing. */
    private static Published survivor(Published stored, Published known) {
        return stored.revision() >= known.revision()
                ? stored
                : new Published(known.revision(), 0, known.pending(), known.live());
    }

    private void resume(boolean replaced) {
        if (replaced) {
            room.closeAll(CloseCode.DOCUMENT_REPLACED);
        } else {
            room.startSessions();
        }
        room.announcer().announce();
        room.writer().resume();
        while (ready && !untilReady.isEmpty()) {
            untilReady.poll().run();
        }
        if (missed || !untilFresh.isEmpty()) {
            missed = false;
            catchUp();
        }
    }

    // --- following

    /** An entry was added to the log, by this replica or another. May come twice, late, or not at all. */
    void receive(RoomStore.Scope entryScope, long entryPosition, byte[] entry) {
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

    /** Looks into the log for what was missed. */
    void catchUp() {
        if (catchingUp || !ready) {
            return;
        }
        catchingUp = true;
        RoomStore.Scope asked = scope;
        List<Waiting> waiting = List.copyOf(untilFresh);
        untilFresh.clear();
        room.store()
                .entriesAfter(room.key(), scope, position)
                .whenCompleteAsync((found, failure) -> answered(asked, found, waiting), room.loop());
    }

    private void answered(RoomStore.Scope asked, RoomStore.@Nullable Entries found, List<Waiting> waiting) {
        catchingUp = false;
        if (found == null) {
            waiting.forEach(edit -> edit.otherwise.run());
        } else if (caughtUp(asked, found)) {
            waiting.forEach(edit -> edit.task.run());
        } else {
            untilFresh.addAll(0, waiting);
        }
        if (!untilFresh.isEmpty()) {
            catchUp();
        }
    }

    private boolean caughtUp(RoomStore.Scope asked, RoomStore.Entries found) {
        if (!ready || !asked.equals(scope)) {
            return false;
        }
        if (found.status() != RoomStore.Status.DONE) {
            reload();
            return false;
        }
        long number = found.first();
        for (byte[] entry : found.entries()) {
            receive(scope, number++, entry);
        }
        return true;
    }

    private void apply(byte[] bytes) {
        position++;
        entriesSinceSnapshot++;
        bytesSinceSnapshot += bytes.length;
        try {
            LogEntry entry = LogEntry.decode(bytes);
            take(entry).forEach(this::broadcast);
            room.announcer().applied(entry, position);
        } catch (YjsFormatException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Entry {0} of room {1} is malformed: {2}",
                    position,
                    room.key(),
                    e.getMessage());
        }
        if (document.doc().hasPending()) {
            room.askForTheRest();
        }
    }

    /**
     * Applies an entry and returns what browsers must hear. That is what changed here, as one update: of updates that
     * contradict each other they must take the same ones as this document. But while this document is ahead of the log by own
     * edits, which change nothing when they come and may show in what others change, it is the updates as they stand there,
     * one by one.
     */
    private List<byte[]> take(LogEntry entry) {
        Doc doc = document.doc();
        Runnable apply = () -> entry.updates().forEach(doc::applyUpdate);
        if (position <= heldUpTo || !room.writer().isDocumentDurable()) {
            doc.transact(apply);
            return entry.updates();
        }
        List<byte[]> changes = new ArrayList<>();
        edit(
                () -> {
                    doc.transact(apply);
                    return true;
                },
                changes);
        return changes;
    }

    private void broadcast(byte[] update) {
        if (!quiet) {
            room.broadcast(new Message.Update(update));
        }
    }

    // --- shortening

    /**
     * After an announcement, by the owner: a snapshot instead of a long log, a new document instead of a large one or of one
     * that is full of updates whose beginnings are missing.
     */
    void compactIfLarge() {
        QueueSettings settings = room.settings();
        boolean longLog = entriesSinceSnapshot >= settings.compactAfterEntries()
                || bytesSinceSnapshot >= settings.compactAfterBytes();
        // What refers to something that nobody has would keep everybody from editing, and stays in every snapshot.
        boolean clogged = document.doc().pendingBytes() > settings.maxPendingBytes();
        if (!(longLog || clogged) || !room.writer().isIdle()) {
            return;
        }
        entriesSinceSnapshot = 0;
        bytesSinceSnapshot = 0;
        byte[] state = document.doc().encodeStateAsUpdate();
        if (clogged || state.length > settings.maxDocumentBytes()) {
            byte[] next = document.copyInto(Generation.mark(room.key(), scope.generation() + 1));
            room.store()
                    .rollOver(room.key(), scope, position, next)
                    .whenCompleteAsync((status, failure) -> rolledOver(status), room.loop());
        } else {
            room.store().compact(room.key(), scope, position, state);
            room.meter().compacted();
        }
    }

    private void rolledOver(RoomStore.@Nullable Status status) {
        if (status == RoomStore.Status.DONE) {
            room.meter().rolledOver();
            reload();
        }
    }

    private QueueDocument newDocument() {
        // A new id with every load: two sessions of one id would fork the document without a word.
        return new QueueDocument(new Doc(() -> room.loop().random(1L << 32)));
    }
}
