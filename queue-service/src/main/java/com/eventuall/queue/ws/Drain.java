package com.eventuall.queue.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.queue.Rooms;
import com.eventuall.queue.runtime.QueueConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Leaves in good order: readiness is off, new sockets are refused, and each open one is told to go elsewhere (1012) at its own
 * moment of the spread. Edits are durable before anybody sees them, so there is nothing to flush.
 */
@ApplicationScoped
public class Drain {

    private final Vertx vertx;
    private final Instance<Rooms> rooms;
    private final long spreadMillis;
    private volatile boolean draining;

    Drain(Vertx vertx, Instance<Rooms> rooms, QueueConfig config) {
        this.vertx = vertx;
        this.rooms = rooms;
        this.spreadMillis = config.drain().spread().toMillis();
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
        rooms.get().forEachSubscriber(subscriber -> {
            long wait = 1 + ThreadLocalRandom.current().nextLong(spreadMillis + 1);
            vertx.setTimer(wait, ignored -> subscriber.close(CloseCode.RESTART));
        });
    }

    /** Whether this process is on its way out. */
    public boolean isDraining() {
        return draining;
    }
}
