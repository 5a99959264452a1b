package com.eventuall.presence.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.presence.runtime.PresenceConfig;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks after connections that have gone quiet or cannot take more: pings, then cuts, the half-open; closes those that lag
 * for too long. A look costs a few field reads per connection.
 */
@ApplicationScoped
public class Watch {
    private static final long INTERVAL_MILLIS = 250;

    private final Vertx vertx;
    private final Rooms rooms;
    private final FanoutMeter meter;
    private final long pingAfter;
    private final long deadAfter;
    private final long lagAllowed;
    private final AtomicInteger lagging = new AtomicInteger();
    private final AtomicLong backlog = new AtomicLong();

    Watch(Vertx vertx, Rooms rooms, FanoutMeter meter, PresenceConfig config) {
        this.vertx = vertx;
        this.rooms = rooms;
        this.meter = meter;
        this.pingAfter = config.pingAfter().toNanos();
        this.deadAfter = pingAfter + config.pongWithin().toNanos();
        this.lagAllowed = config.limits().lagging().toNanos();
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(INTERVAL_MILLIS, ignored -> {
            meter.lagging(lagging.getAndSet(0), backlog.getAndSet(0));
            rooms.onLoops(this::look);
        });
    }

    private void look(Outbox outbox) {
        long now = System.nanoTime();
        if (outbox.laggingSince() != 0) {
            lagging.incrementAndGet();
            backlog.accumulateAndGet(outbox.backlog(), Math::max);
            if (now - outbox.laggingSince() > lagAllowed) {
                outbox.close(CloseCode.TOO_SLOW);
            }
            return;
        }
        long silence = now - outbox.heardAt();
        if (silence > deadAfter && outbox.isPinged()) {
            if (outbox.suspect()) {
                outbox.cut(CloseCode.NO_HEARTBEAT);
            }
        } else if (silence > pingAfter && !outbox.isPinged()) {
            outbox.ping();
        }
    }
}
