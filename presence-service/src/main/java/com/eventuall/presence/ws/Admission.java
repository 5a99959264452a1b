package com.eventuall.presence.ws;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.presence.InboundLimit;
import com.eventuall.presence.Node;
import com.eventuall.presence.runtime.PresenceConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether this replica takes another socket now. A refusal comes before the upgrade, and says when to try again: spread, so
 * that a crowd that was turned away does not come back as one.
 */
@ApplicationScoped
public class Admission {
    private static final int MIN_RETRY_SECONDS = 1;
    private static final int MAX_RETRY_SECONDS = 5;

    private final Node node;
    private final InboundLimit limit;
    private final MeterRegistry metrics;
    private volatile boolean draining;

    Admission(Node node, PresenceConfig config, MeterRegistry metrics) {
        this.node = node;
        this.metrics = metrics;
        this.limit = new InboundLimit(
                config.admission().perSecond(), config.admission().burst(), System.nanoTime());
    }

    /**
     * Returns if a socket may open.
     *
     * @throws ProblemException 503, with the time after which to try again
     */
    void require() {
        if (draining) {
            throw refusal(ErrorCode.DRAINING, "draining");
        }
        if (!node.storeAnswers()) {
            throw refusal(ErrorCode.UNAVAILABLE, "store");
        }
        if (!take()) {
            throw refusal(ErrorCode.OVERLOADED, "rate");
        }
    }

    /** From now on nobody is let in. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    private boolean take() {
        // Upgrades come on every event loop; the lock is held for a few nanoseconds.
        synchronized (limit) {
            return limit.take(System.nanoTime());
        }
    }

    private ProblemException refusal(ErrorCode code, String reason) {
        metrics.counter("eventuall.presence.refused", "reason", reason).increment();
        int seconds = ThreadLocalRandom.current().nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
        return new ProblemException(code, code.title(), Duration.ofSeconds(seconds));
    }
}
