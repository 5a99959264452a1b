package com.eventuall.platform.redis;

import io.quarkus.redis.client.RedisClientName;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Opens supervised pub/sub subscriptions, on connections of a client of their own. */
@ApplicationScoped
public class Subscriptions {
    private final Vertx vertx;
    private final Redis subscriber;
    private final RedisCommands commands;

    Subscriptions(Vertx vertx, @RedisClientName("pubsub") Redis subscriber, RedisCommands commands) {
        this.vertx = vertx;
        this.subscriber = subscriber;
        this.commands = commands;
    }

    /**
     * Subscribes, and stays subscribed until {@link Subscription#stop()}.
     *
     * @param channels the channels, at least one
     * @param onMessage channel and message, on one event loop
     * @param onSubscribed after each subscription, the first included: read everything anew
     */
    public Subscription open(Set<String> channels, BiConsumer<String, byte[]> onMessage, Runnable onSubscribed) {
        Subscription subscription = new Subscription(
                vertx.getOrCreateContext(),
                subscriber,
                commands,
                Set.copyOf(channels),
                onMessage,
                onSubscribed,
                "canary:" + UUID.randomUUID());
        subscription.start();
        return subscription;
    }
}
