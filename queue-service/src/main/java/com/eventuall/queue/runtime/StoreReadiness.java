package com.eventuall.queue.runtime;

import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.queue.Rooms;
import com.eventuall.queue.redis.RedisRoomFeed;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that documents can be loaded and made durable. Kafka is not needed for that: events wait. */
@Readiness
@ApplicationScoped
class StoreReadiness implements AsyncHealthCheck {

    private final RedisCommands redis;
    private final RedisRoomFeed feed;
    private final Rooms rooms;

    StoreReadiness(RedisCommands redis, RedisRoomFeed feed, Rooms rooms) {
        this.redis = redis;
        this.feed = feed;
        this.rooms = rooms;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return redis.send(Command.PING)
                .map(pong -> true)
                .onFailure()
                .recoverWithItem(false)
                .map(reachable -> HealthCheckResponse.named("queue store")
                        .status(reachable)
                        .withData("feed", feed.isHearing())
                        .withData("rooms", rooms.size())
                        .build());
    }
}
