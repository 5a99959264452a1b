package com.eventuall.recording.boot;

import com.eventuall.recording.RecordingRunner;
import com.eventuall.recording.Signals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the runner running: looks for due recordings twice a second and whenever this process was told of one, works on a
 * bounded number at once, and looks again as soon as it found something.
 */
@ApplicationScoped
class RunnerLoop {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Logger LOG = Logger.getLogger(RunnerLoop.class);

    private final RecordingRunner runner;
    private final Signals signals;
    private final Vertx vertx;
    private final int limit;
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean failing;
    private long timer;

    RunnerLoop(RecordingRunner runner, Signals signals, Vertx vertx, RecordingConfig config) {
        this.runner = runner;
        this.signals = signals;
        this.vertx = vertx;
        this.limit = config.concurrency();
    }

    void start(@Observes StartupEvent event) {
        signals.onWork(this::fill);
        timer = vertx.setPeriodic(POLL.toMillis(), now -> fill());
    }

    /** What is under way ends by itself, or is taken over when its lease ends. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void fill() {
        if (stopped || busy.incrementAndGet() > limit) {
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
