package com.eventuall.presence.ws;

import com.eventuall.contracts.RoomKey;
import com.eventuall.presence.Audience;
import com.eventuall.presence.Head;
import com.eventuall.presence.Joiner;
import com.eventuall.presence.LiveRoom;
import com.eventuall.presence.RoomState;
import com.eventuall.presence.Standing;
import com.eventuall.presence.StoreUnavailableException;
import com.eventuall.presence.Timers;
import com.eventuall.presence.tracing.FanoutTraces;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** One room and the thread it lives on. Left for good once nobody was in it for a while. */
final class Seat {
    private static final long DESERTED_MILLIS = 60_000;
    private static final long READ_RETRY_MILLIS = 10;

    private final Vertx vertx;
    private final Context context;
    private final RoomFanout fanout;
    private final LiveRoom room;
    private long usedAt = Long.MAX_VALUE;
    private boolean gone;

    Seat(
            RoomKey key,
            Vertx vertx,
            FanoutMeter meter,
            FanoutTraces traces,
            BiFunction<Audience, Timers, LiveRoom> make) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.fanout = new RoomFanout(key, meter, traces);
        this.room = make.apply(fanout, this::after);
        execute(room::start);
    }

    private void after(long millis, Runnable task) {
        vertx.setTimer(Math.max(1, millis), ignored -> execute(task));
    }

    void execute(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    void run(Consumer<LiveRoom> task) {
        execute(() -> task.accept(room));
    }

    boolean isGone() {
        return gone;
    }

    Standing standing() {
        return room.standing();
    }

    Collection<Outbox> outboxes() {
        return List.copyOf(fanout.outboxes());
    }

    void onLoops(Consumer<Outbox> task) {
        fanout.onLoops(task);
    }

    void join(Joiner joiner, Outbox outbox) {
        fanout.add(outbox);
        room.join(joiner);
    }

    void leave(String connectionId, Duration grace) {
        execute(() -> {
            fanout.remove(connectionId);
            room.closed(connectionId, grace);
        });
    }

    /** What time brings about; {@code vacate} is called when the room is not needed any more. */
    void tick(long now, Runnable vacate) {
        room.tick();
        if (!room.isDeserted() || usedAt > now) {
            usedAt = now;
        } else if (now - usedAt > DESERTED_MILLIS) {
            gone = true;
            vacate.run();
            fanout.close();
        }
    }

    /** Reads the room once its replica has come as far as {@code wanted}. */
    <T> void read(Head wanted, BiFunction<Head, RoomState, T> reading, CompletableFuture<T> answer, int attempts) {
        usedAt = Long.MAX_VALUE;
        Head published = room.published();
        if (published.epoch().equals(wanted.epoch()) && published.version() >= wanted.version()) {
            answer.complete(reading.apply(published, room.state()));
        } else if (attempts == 0) {
            answer.completeExceptionally(new StoreUnavailableException());
        } else {
            room.verify();
            after(READ_RETRY_MILLIS, () -> read(wanted, reading, answer, attempts - 1));
        }
    }
}
