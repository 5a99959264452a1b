package com.eventuall.queue.runtime;

import com.eventuall.platform.tracing.TraceContext;
import com.eventuall.queue.RoomLoop;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A room's thread: one event loop of Vert.x. */
final class VertxRoomLoop implements RoomLoop {

    private final Context context;
    private final Clock clock;
    /** Only touched on the loop. */
    private @Nullable String trace;

    VertxRoomLoop(Context context, Clock clock) {
        this.context = context;
        this.clock = clock;
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
        return clock.millis();
    }
}
