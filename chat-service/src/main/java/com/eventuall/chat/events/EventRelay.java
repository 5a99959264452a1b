package com.eventuall.chat.events;

import com.eventuall.platform.events.EventSink;
import com.eventuall.platform.outbox.OutboxRelay;
import com.eventuall.platform.outbox.PostgresOutbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The relay of this service's outbox, from start to stop. */
@ApplicationScoped
public class EventRelay {
    private static final Logger LOG = Logger.getLogger(EventRelay.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Produces
    @Singleton
    OutboxRelay relay(Vertx vertx, Pool pool, EventSink sink) {
        return new OutboxRelay(vertx, new PostgresOutbox(pool), sink);
    }

    void start(@Observes StartupEvent event, OutboxRelay relay) {
        relay.start();
    }

    void stop(@Observes ShutdownEvent event, OutboxRelay relay) {
        // Without it another replica waits until the lease runs out.
        relay.stop()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debug("The outbox's lease was not given back", failure))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }
}
