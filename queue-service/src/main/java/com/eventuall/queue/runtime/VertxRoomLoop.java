package com.eventuall.queue.runtime;

import com.eventuall.platform.tracing.TraceContext;
import com.eventuall.queue.RoomLoop;
import io.vertx.core.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A room's thread: one event loop of Vert.x. */
final class VertxRoomLoop implements RoomLoop {

    /** Turns the time since some moment into something near the time of day. */
    private static final long OFFSET = System.currentTimeMillis() - uptime();

    private final Context context;
    /** Only touched on the loop. */
    private @Nullable String trace;

    VertxRoomLoop(Context context) {
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        String cause = TraceContext.current();
        context.runOnContext(ignored -> {
            trace = cause;
            task.run();
        });
    }

    @Override
    public @Nullable String trace() {
        return trace;
    }

    @Override
    public void later(Duration delay, Runnable task) {
        context.owner().setTimer(Math.max(1, delay.toMillis()), ignored -> execute(task));
    }

    @Override
    public long now() {
        return OFFSET + uptime();
    }

    private static long uptime() {
        return System.nanoTime() / 1_000_000;
    }
}
