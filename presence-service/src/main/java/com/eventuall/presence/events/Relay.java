package com.eventuall.presence.events;

import com.eventuall.platform.events.EventPublisher;
import com.eventuall.platform.outbox.OutboxRelay;
import com.eventuall.platform.outbox.RedisOutbox;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Subscription;
import com.eventuall.platform.redis.Subscriptions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Brings what happened in rooms from their outbox to Kafka. */
@ApplicationScoped
public class Relay {
    private static final String SERVICE = "presence";

    private final OutboxRelay relay;
    private final Subscription wake;

    Relay(Vertx vertx, RedisCommands redis, EventPublisher publisher, Subscriptions subscriptions) {
        relay = new OutboxRelay(vertx, new RedisOutbox(redis, SERVICE), publisher);
        wake = subscriptions.open(
                Set.of(RedisOutbox.wakeChannel(SERVICE)), (channel, message) -> relay.wake(), relay::wake);
    }

    void start(@Observes StartupEvent event) {
        relay.start();
    }

    void stop(@Observes ShutdownEvent event) {
        wake.stop();
        relay.stop().subscribe().with(ignored -> {}, ignored -> {});
    }
}
