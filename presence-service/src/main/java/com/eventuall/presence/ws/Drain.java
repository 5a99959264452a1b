package com.eventuall.presence.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.presence.runtime.PresenceConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Leaves gracefully when the process is asked to stop: no more upgrades, every client told to move, every socket closed
 * with 1012 at its own moment of the spread. Their people have the drain's grace to come back elsewhere unnoticed.
 */
@ApplicationScoped
public class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);

    private final Vertx vertx;
    private final Rooms rooms;
    private final Messages messages;
    private final Admission admission;
    private final Duration spread;

    Drain(Vertx vertx, Rooms rooms, Messages messages, Admission admission, PresenceConfig config) {
        this.vertx = vertx;
        this.rooms = rooms;
        this.messages = messages;
        this.admission = admission;
        this.spread = config.drain().spread();
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        LOG.infof("Draining over %s", spread);
        admission.drain();
        rooms.forEachOutbox((room, outbox) -> send(outbox));
    }

    private void send(Outbox outbox) {
        long wait = ThreadLocalRandom.current().nextLong(spread.toMillis() + 1);
        outbox.loop().execute(() -> messages.drain(outbox, Duration.ofMillis(wait)));
        vertx.setTimer(Math.max(1, wait), ignored -> outbox.close(CloseCode.RESTART));
    }
}
