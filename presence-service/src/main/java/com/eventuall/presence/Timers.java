package com.eventuall.presence;

/** Delayed calls on the room's thread. */
@FunctionalInterface
public interface Timers {
    /** Runs {@code task} once, {@code millis} from now. */
    void after(long millis, Runnable task);
}
