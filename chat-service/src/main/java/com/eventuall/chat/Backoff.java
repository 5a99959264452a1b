package com.eventuall.chat;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: exponential with full jitter, and never less than the vendor asks for. */
public final class Backoff {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int DOUBLINGS = 5;

    private final RandomGenerator random;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait after a failure.
     *
     * @param attempts how many attempts failed before this one
     */
    public Duration after(Throwable failure, int attempts) {
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempts, DOUBLINGS));
        Duration own = Duration.ofMillis(random.nextLong(FIRST.toMillis() / 2, ceiling + 1));
        if (failure instanceof VendorException vendor
                && vendor.retryAfter() != null
                && vendor.retryAfter().compareTo(own) > 0) {
            return vendor.retryAfter().plus(own);
        }
        return own;
    }
}
