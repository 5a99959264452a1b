package com.eventuall.token.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.token.TokenConfig;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * A token bucket per person and event, in this process: it protects the CPU of this replica, so it needs no shared state
 * and no remote call. It keeps at most {@value #MAX_PEOPLE} people and forgets whoever was idle for ten minutes; who is
 * forgotten starts with a full bucket.
 */
@ApplicationScoped
public class RequestLimiter {
    static final int MAX_PEOPLE = 200_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_PEOPLE)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();
    private final TokenConfig.RateLimit limit;

    RequestLimiter(TokenConfig config) {
        this.limit = config.rateLimit();
    }

    /** Takes one request from the person's bucket, or refuses with {@link ErrorCode#RATE_LIMITED}. */
    public void admit(Pass pass) {
        ConsumptionProbe probe = buckets.get(pass.eventId() + ":" + pass.userId(), key -> bucket())
                .tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new ProblemException(
                    ErrorCode.RATE_LIMITED,
                    "At most " + limit.perSecond() + " tokens a second for one person",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.burst()).refillGreedy(limit.perSecond(), Duration.ofSeconds(1)))
                .build();
    }
}
