package com.eventuall.queue;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one thread a room runs on. */
public interface RoomLoop extends Executor {

    /** Runs a task on this thread after a while. Cannot be cancelled: the task looks whether it is still wanted. */
    void later(Duration delay, Runnable task);

    /** Epoch milliseconds. */
    long now();
}
