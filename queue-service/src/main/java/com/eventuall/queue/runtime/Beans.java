package com.eventuall.queue.runtime;

import com.eventuall.platform.events.EventPublisher;
import com.eventuall.platform.outbox.OutboxRelay;
import com.eventuall.platform.outbox.RedisOutbox;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Subscriptions;
import com.eventuall.platform.ws.PassSockets;
import com.eventuall.queue.AwarenessStamp;
import com.eventuall.queue.Patrol;
import com.eventuall.queue.QueueMeter;
import com.eventuall.queue.QueueOperations;
import com.eventuall.queue.QueueSettings;
import com.eventuall.queue.RoomStore;
import com.eventuall.queue.Rooms;
import com.eventuall.queue.redis.RedisPatrolStore;
import com.eventuall.queue.redis.RedisRoomFeed;
import com.eventuall.queue.redis.RedisRoomStore;
import com.eventuall.queue.ws.JsonAwarenessStamp;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Puts the core and its adapters together. */
@Singleton
class Beans {

    @Produces
    @Singleton
    QueueSettings settings(QueueConfig config) {
        QueueSettings defaults = QueueSettings.DEFAULTS;
        return new QueueSettings(
                config.maxLive(),
                (int) config.limits().documentBytes().asLongValue(),
                defaults.compactAfterEntries(),
                defaults.compactAfterBytes(),
                (int) config.limits().pendingBytes().asLongValue(),
                config.limits().pendingAge(),
                (int) config.limits().unwrittenBytes().asLongValue(),
                defaults.editTimeout(),
                config.idleTime(),
                config.limits().awarenessStates());
    }

    @Produces
    @Singleton
    RoomStore store(RedisCommands redis, QueueConfig config) {
        return new RedisRoomStore(redis, config.retention());
    }

    @Produces
    @Singleton
    AwarenessStamp stamp(ObjectMapper json) {
        return new JsonAwarenessStamp(json);
    }

    @Produces
    @Singleton
    Rooms rooms(RoomStore store, Vertx vertx, QueueSettings settings, AwarenessStamp stamp, QueueMeter meter) {
        // A new context each time: rooms spread over all event loops instead of sharing the caller's.
        return new Rooms(
                store,
                () -> new VertxRoomLoop(((VertxInternal) vertx).createEventLoopContext()),
                settings,
                stamp,
                meter);
    }

    @Produces
    @Singleton
    RedisRoomFeed feed(Rooms rooms, Subscriptions subscriptions) {
        return new RedisRoomFeed(rooms, subscriptions);
    }

    @Produces
    @Singleton
    QueueOperations operations(Rooms rooms, RoomStore store, QueueSettings settings, Clock clock) {
        return new QueueOperations(
                rooms,
                store,
                settings,
                clock,
                () -> UuidCreator.getTimeOrderedEpoch().toString());
    }

    @Produces
    @Singleton
    Patrol patrol(Rooms rooms, RoomStore store, RedisCommands redis, QueueConfig config, Clock clock) {
        return new Patrol(
                rooms,
                store,
                new RedisPatrolStore(redis, config.retention()),
                config.stageGrace(),
                config.requestGrace(),
                clock);
    }

    @Produces
    @Singleton
    OutboxRelay relay(Vertx vertx, RedisCommands redis, EventPublisher publisher) {
        return new OutboxRelay(vertx, new RedisOutbox(redis, "queue"), publisher);
    }

    @Produces
    @Singleton
    PassSockets passSockets(Vertx vertx, Clock clock) {
        return new PassSockets(vertx, clock);
    }

    /** How often the patrol goes round. */
    static final Duration PATROL = Duration.ofSeconds(1);
}
