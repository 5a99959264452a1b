package com.eventuall.presence;

import java.time.Duration;

/**
 * Tells people who go, one by one, from a network or a gateway that fails. When more connections break within a second than
 * this node lets in within one, their people cannot all be back within the usual grace, so they get the grace of a drain.
 * Told from the count a moment after the loss, which nobody sees: the loss itself is hidden for the grace.
 */
public final class LossGauge {
    /** The longest pause. A busy node takes as long to hear of all it has lost at one moment. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final long WINDOW_MILLIS = 1000;

    private final int many;
    private final Duration usual;
    private final Duration afterMany;
    private final Duration pause;
    private long windowBegan;
    private int lost;
    private long manyUntil;

    /** {@code many}: from more losses than this in a second on, {@code afterMany} rather than {@code usual} is the grace. */
    public LossGauge(int many, Duration usual, Duration afterMany) {
        this.many = many;
        this.usual = usual;
        this.afterMany = afterMany.compareTo(usual) > 0 ? afterMany : usual;
        Duration half = usual.dividedBy(2);
        this.pause = half.compareTo(LONGEST_PAUSE) < 0 ? half : LONGEST_PAUSE;
    }

    /** How long to wait after a loss before {@link #grace} is asked for; less than the usual grace. */
    public Duration pause() {
        return pause;
    }

    /** A connection broke. */
    public synchronized void lost(long now) {
        if (now - windowBegan >= WINDOW_MILLIS) {
            windowBegan = now;
            lost = 0;
        }
        lost++;
        if (lost > many) {
            // What is lost within a window after this one is asked for a pause after that.
            manyUntil = now + WINDOW_MILLIS + pause.toMillis();
        }
    }

    /** What is left, after the pause, of the grace of a connection that was lost before it. */
    public synchronized Duration grace(long now) {
        return (now <= manyUntil ? afterMany : usual).minus(pause);
    }
}
