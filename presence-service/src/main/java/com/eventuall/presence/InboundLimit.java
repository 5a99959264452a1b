package com.eventuall.presence;

/** How many messages one connection may send: a token bucket in two numbers, since there is one per connection. */
public final class InboundLimit {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final int burst;
    private double tokens;
    private long filledAt;

    /** A full bucket; {@code now} in nanoseconds. */
    public InboundLimit(int perSecond, int burst, long now) {
        this.perNano = perSecond / NANOS;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = now;
    }

    /** Takes one token if there is one. Never waits. */
    public boolean take(long now) {
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
