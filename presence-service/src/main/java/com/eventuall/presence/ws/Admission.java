package com.eventuall.presence.ws;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.presence.Node;
import com.eventuall.presence.runtime.PresenceConfig;
import io.github.bucket4j.Bucket;
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
    private final Bucket bucket;
    private final MeterRegistry metrics;
    private volatile boolean draining;

    Admission(Node node, PresenceConfig config, MeterRegistry metrics) {
        this.node = node;
        this.metrics = metrics;
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(config.admission().burst())
                        .refillGreedy(config.admission().perSecond(), Duration.ofSeconds(1)))
                .build();
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
        return bucket.tryConsume(1);
    }

    private ProblemException refusal(ErrorCode code, String reason) {
        metrics.counter("eventuall.presence.refused", "reason", reason).increment();
        int seconds = ThreadLocalRandom.current().nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
        return new ProblemException(code, code.title(), Duration.ofSeconds(seconds));
    }
}
