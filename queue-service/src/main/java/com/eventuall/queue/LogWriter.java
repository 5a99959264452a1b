package com.eventuall.queue;

import com.eventuall.contracts.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes updates durable, in batches: one append is under way at a time, and what comes meanwhile goes together into the
 * next. In a room with many sockets a batch also waits a moment after the last one: each becomes a frame to every socket,
 * and that is what edits cost. The first edit after a calm never waits. A batch whose fate is unknown is sent again, since a
 * log may hold an update twice. Lives on the room's thread.
 */
final class LogWriter {

    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long MAX_RETRY_MILLIS = 2_000;

    /** Frames to so many sockets may take a millisecond's worth of pause: about a quarter of one core. */
    private static final int SOCKETS_PER_MILLI_OF_PAUSE = 10;

    private static final long MAX_PAUSE_MILLIS = 20;

    /** What goes into the log together. */
    private static final class Batch {
        private final List<byte[]> updates = new ArrayList<>();
        private final Map<String, String> causes = new HashMap<>();
        private final List<CompletableFuture<Long>> waiters = new ArrayList<>();

        /** Whether the document holds some of these already; others see them once they are durable. */
        private boolean local;

        /** Of requests that go together, the last one's. */
        private @Nullable String trace;

        private int bytes;
        private long number;
        private long sentAt;
    }

    private final Room room;
    private final String replica;
    private Batch next = new Batch();
    private @Nullable Batch inFlight;
    private long batches;
    private int failures;
    private long lastSentAt;
    private boolean pausing;
    private final List<Runnable> whenDurable = new ArrayList<>();

    LogWriter(Room room, String replica) {
        this.room = room;
        this.replica = replica;
    }

    /** Takes an update that is not in the document yet: it gets there when it is durable. */
    void write(byte[] update) {
        add(update);
        flush();
    }

    /** Takes updates that are in the document already. The result is the log position, once durable. */
    CompletableFuture<Long> writeLocal(List<byte[]> updates, Map<String, String> causes, @Nullable String trace) {
        updates.forEach(this::add);
        next.local = true;
        next.causes.putAll(causes);
        next.trace = trace == null ? next.trace : trace;
        CompletableFuture<Long> written = new CompletableFuture<>();
        next.waiters.add(written);
        flush();
        return written;
    }

    private void add(byte[] update) {
        next.updates.add(update);
        next.bytes += update.length;
    }

    int unwrittenBytes() {
        return next.bytes + (inFlight == null ? 0 : inFlight.bytes);
    }

    boolean isIdle() {
        return inFlight == null && next.updates.isEmpty();
    }

    /** Whether the document holds nothing that could still be lost. */
    boolean isDocumentDurable() {
        return !next.local && (inFlight == null || !inFlight.local);
    }

    /** Runs a task when the document holds nothing that could still be lost. */
    void whenDocumentIsDurable(Runnable task) {
        if (isDocumentDurable()) {
            task.run();
        } else {
            whenDurable.add(task);
        }
    }

    /** Sends what waits, unless an append is under way or the room is not loaded; what callers wait for, without a pause. */
    void flush() {
        if (inFlight != null || next.updates.isEmpty() || !room.isReady()) {
            return;
        }
        long now = room.loop().now();
        long early = lastSentAt + pauseMillis() - now;
        if (early > 0 && next.waiters.isEmpty()) {
            flushIn(early);
            return;
        }
        Batch batch = next;
        next = new Batch();
        batch.number = ++batches;
        batch.sentAt = now;
        lastSentAt = now;
        inFlight = batch;
        send(batch);
    }

    private long pauseMillis() {
        return Math.min(MAX_PAUSE_MILLIS, room.sockets() / SOCKETS_PER_MILLI_OF_PAUSE);
    }

    private void flushIn(long millis) {
        if (!pausing) {
            pausing = true;
            room.loop().later(Duration.ofMillis(millis), () -> {
                pausing = false;
                flush();
            });
        }
    }

    /** Goes on after the room was loaded again. */
    void resume() {
        if (inFlight != null) {
            send(inFlight);
        } else {
            flush();
        }
    }

    /** The document these updates belong to is gone. */
    void abandon() {
        List<CompletableFuture<Long>> waiters = new ArrayList<>(next.waiters);
        if (inFlight != null) {
            waiters.addAll(inFlight.waiters);
        }
        inFlight = null;
        next = new Batch();
        waiters.forEach(waiter -> waiter.completeExceptionally(
                new QueueException(ErrorCode.UNAVAILABLE, "The document was replaced meanwhile")));
        runDurable();
    }

    private void send(Batch batch) {
        byte[] entry = new LogEntry(replica, batch.number, batch.updates, batch.causes, batch.trace).encode();
        RoomStore.Scope scope = room.scope();
        room.store()
                .append(room.key(), scope, room.position(), entry)
                .whenCompleteAsync((appended, failure) -> answered(batch, scope, entry, appended), room.loop());
    }

    private void answered(Batch batch, RoomStore.Scope scope, byte[] entry, RoomStore.@Nullable Appended appended) {
        if (batch != inFlight) {
            return;
        }
        if (appended == null) {
            long wait = Math.min(MAX_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures++, 5));
            room.loop().later(Duration.ofMillis(wait), () -> retry(batch));
        } else if (appended.status() != RoomStore.Status.DONE) {
            room.replica().reload();
        } else {
            failures = 0;
            room.meter().durable(batch.updates.size(), room.loop().now() - batch.sentAt);
            if (batch.local) {
                room.replica().holdsAlready(appended.position());
            }
            room.receive(scope, appended.position(), entry);
            inFlight = null;
            batch.waiters.forEach(waiter -> waiter.complete(appended.position()));
            runDurable();
            flush();
            room.announcer().announce();
        }
    }

    private void retry(Batch batch) {
        if (batch == inFlight && room.isReady()) {
            send(batch);
        }
    }

    private void runDurable() {
        List<Runnable> tasks = List.copyOf(whenDurable);
        whenDurable.clear();
        tasks.forEach(this::whenDocumentIsDurable);
    }
}
