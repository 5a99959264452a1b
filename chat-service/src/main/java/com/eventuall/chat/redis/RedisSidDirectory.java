package com.eventuall.chat.redis;

import com.eventuall.chat.SidDirectory;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.SharedKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The directory under {@link SharedKeys#conversation}, read by token-service. Entries end a month after they were last put. */
@ApplicationScoped
public class RedisSidDirectory implements SidDirectory {
    private static final Logger LOG = Logger.getLogger(RedisSidDirectory.class);
    private static final String SECONDS = Long.toString(Duration.ofDays(30).toSeconds());
    private static final String REMOVE =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private final RedisCommands redis;

    RedisSidDirectory(RedisCommands redis) {
        this.redis = redis;
    }

    @Override
    public Uni<Optional<String>> find(RoomKey room) {
        return redis.send(Command.GET, SharedKeys.conversation(room))
                .map(answer -> Optional.ofNullable(answer).map(Object::toString))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<Void> put(RoomKey room, String conversationSid) {
        return quietly(redis.send(Command.SET, SharedKeys.conversation(room), conversationSid, "EX", SECONDS));
    }

    @Override
    public Uni<Void> remove(RoomKey room, String conversationSid) {
        return quietly(redis.send(Command.EVAL, REMOVE, "1", SharedKeys.conversation(room), conversationSid));
    }

    private static <T> Uni<Void> quietly(Uni<T> command) {
        return command.replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debug("The directory of conversations is not up to date", failure))
                .onFailure()
                .recoverWithNull();
    }
}
