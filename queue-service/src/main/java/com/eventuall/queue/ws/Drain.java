package com.eventuall.queue.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.queue.Rooms;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/**
 * Leaves in good order: readiness is off, new sockets are refused, and the open ones are told to go elsewhere (1012). Edits
 * are durable before anybody sees them, so there is nothing to flush.
 */
@ApplicationScoped
public class Drain {

    private final Instance<Rooms> rooms;
    private volatile boolean draining;

    Drain(Instance<Rooms> rooms) {
        this.rooms = rooms;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
        rooms.get().closeAll(CloseCode.RESTART);
    }

    /** Whether this process is on its way out. */
    public boolean isDraining() {
        return draining;
    }
}
