package com.eventuall.recording.boot;

import com.eventuall.platform.events.EventPublisher;
import com.eventuall.platform.outbox.OutboxRelay;
import com.eventuall.platform.outbox.PostgresOutbox;
import com.eventuall.recording.Signals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Brings the events that the workflow stored to Kafka. */
@ApplicationScoped
class OutboxLoop {
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final OutboxRelay relay;
    private final Signals signals;

    OutboxLoop(Vertx vertx, Pool pool, EventPublisher publisher, Signals signals) {
        this.relay = new OutboxRelay(vertx, new PostgresOutbox(pool), publisher);
        this.signals = signals;
    }

    void start(@Observes StartupEvent event) {
        signals.onFacts(relay::wake);
        relay.start();
    }

    void stop(@Observes ShutdownEvent event) {
        relay.stop().onFailure().recoverWithNull().await().atMost(FAREWELL);
    }
}
