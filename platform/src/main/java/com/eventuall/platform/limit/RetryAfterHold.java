package com.eventuall.platform.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What a remote service asked for with {@code 429} and {@code Retry-After}, kept for every call of this process to it. The limits
 * of a vendor are those of an account: whoever else calls before then is refused too, and prolongs the wait for all. Other
 * processes are not told; each of them meets one refusal of its own.
 */
public final class RetryAfterHold {
    private final LongSupplier nanos;
    private final AtomicLong until;

    public RetryAfterHold() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that never jumps */
    RetryAfterHold(LongSupplier nanos) {
        this.nanos = nanos;
        this.until = new AtomicLong(nanos.getAsLong());
    }

    /** Holds calls for this long from now. A longer hold that is on already stays. */
    public void hold(Duration asked) {
        long end = nanos.getAsLong() + asked.toNanos();
        until.accumulateAndGet(end, (now, wanted) -> wanted - now > 0 ? wanted : now);
    }

    /** How long no call may be sent; zero when there is no hold. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, until.get() - nanos.getAsLong()));
    }
}
