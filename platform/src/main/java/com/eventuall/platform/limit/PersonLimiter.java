package com.eventuall.platform.limit;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A token bucket per person and event, in this process: it protects what this replica spends on one person, so it needs no
 * shared state and no remote call. It keeps at most {@value #MAX_PEOPLE} people and forgets whoever was idle for ten minutes;
 * who is forgotten starts with a full bucket.
 */
public final class PersonLimiter {
    static final int MAX_PEOPLE = 200_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_PEOPLE)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();
    private final String what;
    private final int burst;
    private final int perSecond;
    private final TimeMeter time;

    /**
     * @param what is limited, in the plural, as the caller is told
     * @param burst how many at once
     * @param perSecond how many in the long run
     */
    public PersonLimiter(String what, int burst, int perSecond) {
        this(what, burst, perSecond, TimeMeter.SYSTEM_NANOTIME);
    }

    PersonLimiter(String what, int burst, int perSecond, TimeMeter time) {
        this.what = what;
        this.burst = burst;
        this.perSecond = perSecond;
        this.time = time;
    }

    /** Takes one from the person's bucket, or refuses with {@link ErrorCode#RATE_LIMITED} and the time until there is one. */
    public void admit(Pass pass) {
        ConsumptionProbe probe = buckets.get(pass.eventId() + ":" + pass.userId(), key -> bucket())
                .tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new ProblemException(
                    ErrorCode.RATE_LIMITED,
                    "At most " + perSecond + " " + what + " a second for one person",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
