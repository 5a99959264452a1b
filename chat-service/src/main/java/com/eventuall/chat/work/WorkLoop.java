package com.eventuall.chat.work;

import com.eventuall.chat.Work;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Runs one kind of work, one round at a time: at once again while there may be more, else after the interval, and with growing
 * pauses while the store does not answer.
 */
final class WorkLoop {
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final long LONGEST_PAUSE = 5000;

    private final Context context;
    private final Work work;
    private final long interval;
    private volatile boolean stopped;
    private int failures;

    WorkLoop(Vertx vertx, Work work, Duration interval) {
        this.context = vertx.getOrCreateContext();
        this.work = work;
        this.interval = interval.toMillis();
    }

    void start() {
        next(interval);
    }

    void stop() {
        stopped = true;
    }

    private void next(long delay) {
        if (!stopped) {
            context.owner().setTimer(Math.max(1, delay), timer -> context.runOnContext(ignored -> round()));
        }
    }

    private void round() {
        if (stopped) {
            return;
        }
        Uni.createFrom().deferred(work::round).subscribe().with(this::done, this::failed);
    }

    private void done(boolean mayBeMore) {
        if (failures > 0) {
            LOG.infof("Work on %s goes on", work.name());
            failures = 0;
        }
        next(mayBeMore ? 1 : interval / 2 + ThreadLocalRandom.current().nextLong(interval + 1));
    }

    private void failed(Throwable failure) {
        // Said once per outage.
        if (failures++ == 0) {
            LOG.warnf(failure, "Work on %s waits", work.name());
        }
        long pause = Math.min(LONGEST_PAUSE, interval << Math.min(failures, 5));
        next(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
    }
}
