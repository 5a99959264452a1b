package com.eventuall.platform.outbox;

import com.eventuall.platform.events.EventSink;
import com.eventuall.platform.events.OutgoingEvent;
import com.eventuall.platform.outbox.Outbox.Waiting;
import io.micrometer.core.instrument.Metrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings events from an {@link Outbox} to Kafka: reads the oldest, publishes them, and removes them once acknowledged. A
 * crash at any point repeats events with the same id and loses none. Rounds run every {@link #INTERVAL}, and at once when
 * {@link #wake()} says that something was written; a round that fails (Kafka or the store is away) leaves everything where
 * it is for the next, which comes after {@link #REST}, however much is written meanwhile. An event that Kafka would never take
 * for its size ({@link #MAX_DATA}) is let fall, with an error in the log: it would hold up everything behind it for ever.
 * Services bound what they tell, so none should come.
 */
public final class OutboxRelay {
    /** How long an event waits at most that nobody announced with {@link #wake()}. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    /**
     * Pause after a round that failed. A busy service wakes hundreds of times a second; without it an outage of Kafka would be
     * spent on reading the same events from the outbox again and again, at the cost of everything else.
     */
    static final Duration REST = Duration.ofSeconds(2);

    static final int BATCH = 256;

    /** Bytes of a payload: what brokers and producers take by default, less the headers. */
    static final int MAX_DATA = 1_000_000;

    private static final int MOST_BYTES_OF_A_CHARACTER = 3;

    /** Far more than a round takes; a connection that hangs would otherwise be the last round of all. */
    private static final Duration ROUND_LIMIT = Duration.ofMinutes(2);

    private static final int CONCURRENT_PARTITIONS = 8;
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private final Context context;
    private final Outbox outbox;
    private final EventSink sink;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile long failingSince;
    /** {@link System#nanoTime}; only while rounds fail. */
    private volatile long restingUntil;

    private long timer;

    public OutboxRelay(Vertx vertx, Outbox outbox, EventSink sink) {
        this.context = vertx.getOrCreateContext();
        this.outbox = outbox;
        this.sink = sink;
    }

    /** Starts the rounds. */
    public void start() {
        Metrics.gauge("eventuall.outbox.stalled.seconds", this, OutboxRelay::stalledSeconds);
        timer = context.owner().setPeriodic(INTERVAL.toMillis(), ignored -> wake());
    }

    /** Says that something may have been written. Cheap; calls during a round lead to one more round. */
    public void wake() {
        again.set(true);
        context.runOnContext(ignored -> round());
    }

    /** Ends the rounds and lets another process take over. */
    public Uni<Void> stop() {
        stopped = true;
        context.owner().cancelTimer(timer);
        return outbox.release();
    }

    private void round() {
        if (stopped || isResting() || !running.compareAndSet(false, true)) {
            return;
        }
        again.set(false);
        outbox.acquire()
                .chain(ours -> ours ? relayAll() : Uni.createFrom().voidItem())
                .ifNoItem()
                .after(ROUND_LIMIT)
                .fail()
                .subscribe()
                .with(ignored -> finish(null), this::finish);
    }

    private boolean isResting() {
        return failingSince != 0 && System.nanoTime() - restingUntil < 0;
    }

    private void finish(@Nullable Throwable failure) {
        restingUntil = System.nanoTime() + REST.toNanos();
        // Said once per outage: a round comes twice a second.
        boolean failed = failingSince != 0;
        if (failure != null && !failed) {
            LOG.warn("Events wait in the outbox", failure);
            failingSince = System.nanoTime() | 1;
        } else if (failure == null && failed) {
            LOG.info("Events leave the outbox again");
            failingSince = 0;
        }
        running.set(false);
        if (failure == null && again.get()) {
            context.runOnContext(ignored -> round());
        }
    }

    /** For how long rounds have failed without one that succeeded: so long, at least, events may have waited. */
    private double stalledSeconds() {
        long since = failingSince;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1e9;
    }

    private Uni<Void> relayAll() {
        return Multi.createFrom()
                .items(IntStream.range(0, outbox.partitions()).boxed())
                .onItem()
                .transformToUni(this::relay)
                .merge(CONCURRENT_PARTITIONS)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> relay(int partition) {
        return outbox.peek(partition, BATCH).chain(waiting -> {
            if (waiting.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            if (waiting.size() == BATCH) {
                again.set(true);
            }
            return publish(waiting).chain(() -> outbox.remove(partition, waiting));
        });
    }

    private Uni<Void> publish(List<Waiting> waiting) {
        return sink.publish(
                waiting.stream().map(Waiting::event).filter(OutboxRelay::fits).toList());
    }

    private static boolean fits(OutgoingEvent event) {
        if (event.data().length() <= MAX_DATA / MOST_BYTES_OF_A_CHARACTER) {
            return true;
        }
        int bytes = event.data().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_DATA) {
            LOG.errorf(
                    "Event %s %s of %s has %d bytes, which no broker takes: let fall",
                    event.type().type(), event.id(), event.subject(), bytes);
        }
        return bytes <= MAX_DATA;
    }
}
