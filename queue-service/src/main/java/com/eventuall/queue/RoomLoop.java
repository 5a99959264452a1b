package com.eventuall.queue;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The one thread a room runs on, with what else it has of the outside world: time and chance. */
public interface RoomLoop extends Executor {

    /** Runs a task on this thread after a while. Cannot be cancelled: the task looks whether it is still wanted. */
    void later(Duration delay, Runnable task);

    /** Milliseconds that never go back, unlike those of the time of day. For how long something takes, not for when it was. */
    long now();

    /** The W3C trace context of what runs at the moment; null if it is not traced. */
    default @Nullable String trace() {
        return null;
    }

    /** A random number from 0 to {@code bound} - 1. */
    default long random(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }
}
