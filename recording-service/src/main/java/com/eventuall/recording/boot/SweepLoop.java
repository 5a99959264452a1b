package com.eventuall.recording.boot;

import com.eventuall.recording.Hints;
import com.eventuall.recording.Sweeper;
import com.eventuall.recording.db.SweepLease;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Sweeps every interval in one process: what was made in the last minutes, and every hour what was made
 * in a day; old entries of the inbox go with the latter.
 */
@ApplicationScoped
class SweepLoop {
    private static final Duration RECENT = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofHours(26);
    private static final Duration DEEP_EVERY = Duration.ofHours(1);
    private static final String REMOVED = "eventuall.recording.orphans.removed";
    private static final Logger LOG = Logger.getLogger(SweepLoop.class);

    private final Sweeper sweeper;
    private final Hints hints;
    private final SweepLease lease;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Duration interval;
    private final AtomicBoolean running = new AtomicBoolean();
    private long timer;
    private long untilDeep;

    SweepLoop(
            Sweeper sweeper,
            Hints hints,
            SweepLease lease,
            Vertx vertx,
            MeterRegistry metrics,
            RecordingConfig config) {
        this.sweeper = sweeper;
        this.hints = hints;
        this.lease = lease;
        this.vertx = vertx;
        this.metrics = metrics;
        this.interval = config.sweepInterval();
    }

    void start(@Observes StartupEvent event) {
        // From the start, or the first removal would be the first value, and no rate would ever show it.
        metrics.counter(REMOVED);
        timer = vertx.setPeriodic(interval.toMillis(), now -> round());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void round() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        lease.take(interval.multipliedBy(2))
                .chain(ours -> ours ? sweep() : Uni.createFrom().voidItem())
                .onTermination()
                .invoke(() -> running.set(false))
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("Sweep failed: %s", failure.getMessage()));
    }

    private Uni<Void> sweep() {
        boolean deep = untilDeep <= 0;
        untilDeep = deep ? DEEP_EVERY.toMillis() : untilDeep - interval.toMillis();
        return Uni.createFrom()
                .completionStage(() -> sweeper.sweep(deep ? DAY : RECENT))
                .invoke(this::report)
                .chain(() -> deep
                        ? Uni.createFrom().completionStage(hints::forgetOld)
                        : Uni.createFrom().voidItem());
    }

    private void report(Sweeper.Removed removed) {
        metrics.counter(REMOVED).increment(removed.total());
        if (removed.total() > 0) {
            LOG.warnf(
                    "Removed what nobody remembered making: %d streams, %d egresses, %d clips",
                    removed.streams(), removed.egresses(), removed.clips());
        }
        if (removed.failed() > 0) {
            LOG.warnf("Sweep is not complete: %d look-ups or removals failed", removed.failed());
        }
    }
}
