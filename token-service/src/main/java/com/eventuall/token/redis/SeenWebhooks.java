package com.eventuall.token.redis;

import com.eventuall.platform.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Remembers for ten minutes which webhooks have been published; LiveKit repeats for less than two. Only a saving: consumers
 * deduplicate by the same id, so when Redis does not answer a repeat goes through.
 */
@ApplicationScoped
public class SeenWebhooks {
    private static final String SECONDS = "600";

    private final RedisCommands redis;

    SeenWebhooks(RedisCommands redis) {
        this.redis = redis;
    }

    /** Whether that event was published before. */
    public Uni<Boolean> contains(String id) {
        return redis.send(Command.EXISTS, key(id))
                .map(answer -> answer.toInteger() == 1)
                .onFailure()
                .recoverWithItem(false);
    }

    /** Notes that an event is published. To be called only then: a note made before could lose the event in a crash. */
    public Uni<Void> add(String id) {
        return redis.send(Command.SET, key(id), "1", "EX", SECONDS)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private static String key(String id) {
        return "token:webhook:" + id;
    }
}
