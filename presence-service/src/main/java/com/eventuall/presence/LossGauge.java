package com.eventuall.presence;

import java.time.Duration;

/**
 * Tells people who go, one by one, from a network or a gateway that fails. When more connections break within a second than
 * this node lets in within one, their people cannot all be back within the usual grace, so they get the grace of a drain.
 * Told from the count a moment after the loss, which nobody sees: the loss itself is hidden for the grace.
 */
public final class LossGauge {
    /** How long to wait before {@link #grace} is asked for. */
    public static final Duration PAUSE = Duration.ofMillis(250);

    private static final long WINDOW_MILLIS = 1000;

    private final int many;
    private final Duration usual;
    private final Duration afterMany;
    private long windowBegan;
    private int lost;
    private long manyUntil;

    /** {@code many}: from more losses than this in a second on, {@code afterMany} rather than {@code usual} is the grace. */
    public LossGauge(int many, Duration usual, Duration afterMany) {
        this.many = many;
        this.usual = usual;
        this.afterMany = afterMany.compareTo(usual) > 0 ? afterMany : usual;
    }

    /** A connection broke. */
    public synchronized void lost(long now) {
        if (now - windowBegan >= WINDOW_MILLIS) {
            windowBegan = now;
            lost = 0;
        }
        lost++;
        if (lost > many) {
            manyUntil = now + WINDOW_MILLIS;
        }
    }

    /** What is left, after the pause, of the grace of a connection that was lost before it. */
    public synchronized Duration grace(long now) {
        Duration whole = now <= manyUntil ? afterMany : usual;
        Duration left = whole.minus(PAUSE);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
