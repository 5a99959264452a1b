package com.eventuall.presence;

/**
 * When a room may fan out again. An idle room does so at once; a busy one gathers changes for a window long enough that its
 * fan-out takes at most a quarter of a core, however many listen.
 */
final class Pacing {
    private static final double SHARE = 0.25;
    /** Stage, pins, recording and queue are not held back longer than this. */
    private static final long MAX_WINDOW_OF_FACTS = 50;
    /** The lite view's counts cost at most this many frames a second over all nodes. */
    private static final double MAX_COUNT_FRAMES = 20_000;

    private static final long MIN_LITE_TICK = 1000;

    private final long minWindow;
    private final double frameCostMillis;
    private long lastFanOut = Long.MIN_VALUE / 2;
    private long lastLite = Long.MIN_VALUE / 2;

    Pacing(RoomSettings settings) {
        minWindow = settings.minWindow().toMillis();
        frameCostMillis = settings.frameCostMicros() / 1000;
    }

    /** How many milliseconds to wait before the next fan-out; 0 for at once. */
    long delay(long now, int listeners, boolean facts) {
        long window = Math.max(minWindow, (long) Math.ceil(listeners * frameCostMillis / SHARE));
        long limit = facts ? Math.min(window, MAX_WINDOW_OF_FACTS) : window;
        return Math.max(0, lastFanOut + limit - now);
    }

    void fannedOut(long now) {
        lastFanOut = now;
    }

    /** Whether the lite view's people and counts may be told again. */
    boolean liteDue(long now, int present) {
        return now - lastLite >= Math.max(MIN_LITE_TICK, (long) (present / MAX_COUNT_FRAMES * 1000));
    }

    void liteTold(long now) {
        lastLite = now;
    }
}
