package com.eventuall.recording.boot;

import com.eventuall.recording.RecordingRunner;
import com.eventuall.recording.Signals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the runner running: looks for due recordings twice a second and whenever this process was told of one, works on a
 * bounded number at once, and looks again as soon as it found something.
 */
@ApplicationScoped
class RunnerLoop {
    /** Before the relay of the outbox ends: the last facts still leave. */
    private static final int FIRST = 100;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Logger LOG = Logger.getLogger(RunnerLoop.class);

    private final RecordingRunner runner;
    private final Signals signals;
    private final Vertx vertx;
    private final int limit;
    private final Duration farewell;
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean failing;
    private long timer;

    RunnerLoop(RecordingRunner runner, Signals signals, Vertx vertx, RecordingConfig config) {
        this.runner = runner;
        this.signals = signals;
        this.vertx = vertx;
        this.limit = config.concurrency();
        this.farewell = config.vendorTimeout();
    }

    void start(@Observes StartupEvent event) {
        signals.onWork(this::fill);
        timer = vertx.setPeriodic(POLL.toMillis(), now -> fill());
    }

    /**
     * Nothing new is begun. What is under way gets the time of one vendor call to end, so that nobody has to wait for its
     * lease and to look up what it made; beyond that it is taken over as after a crash.
     */
    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
        long end = System.nanoTime() + farewell.toNanos();
        while (busy.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void fill() {
        if (stopped) {
            return;
        }
        if (busy.incrementAndGet() > limit) {
            busy.decrementAndGet();
            return;
        }
        runner.runOne(this::fill).whenComplete((found, failure) -> {
            busy.decrementAndGet();
            report(failure);
            if (failure == null && found) {
                fill();
            }
        });
    }

    /** Said once per outage: the loop comes twice a second. */
    private void report(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            LOG.warn("Recordings cannot be worked on", failure);
        } else if (failure == null && failing) {
            LOG.info("Recordings are worked on again");
        }
        failing = failure != null;
    }
}
