package com.eventuall.token.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.SharedKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What the other services know of a room, read from the shared state in one round trip. */
@ApplicationScoped
public class RoomDirectory {
    private final RedisCommands redis;

    RoomDirectory(RedisCommands redis) {
        this.redis = redis;
    }

    /**
     * A person's place in a room.
     *
     * @param onStage whether that person is on the live list
     * @param conversationSid the room's chat conversation, if there is one yet
     */
    public record Place(boolean onStage, Optional<String> conversationSid) {}

    /** Looks up a person's place; fails with {@code unavailable} when Redis does not answer. */
    public Uni<Place> find(RoomKey room, String userId) {
        return redis.batch(List.of(
                        Request.cmd(Command.HEXISTS).arg(SharedKeys.stage(room)).arg(userId),
                        Request.cmd(Command.GET).arg(SharedKeys.conversation(room))))
                .map(answers -> new Place(
                        answers.get(0).toInteger() == 1,
                        Optional.ofNullable(answers.get(1)).map(Object::toString)));
    }
}
