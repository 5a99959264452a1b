package com.eventuall.chat.redis;

import com.eventuall.chat.Pace;
import com.eventuall.chat.VendorException;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.chat.config.ChatConfig;
import com.eventuall.platform.redis.LuaScript;
import com.eventuall.platform.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * A pace shared through Redis, key <code>chat:pace:WHAT</code>. Without Redis every action has its turn at once: the vendor's
 * own limit is then what holds, and its 429 is respected.
 */
@ApplicationScoped
public class RedisPace implements Pace {
    private final LuaScript pace;
    private final ChatConfig.Vendor config;

    RedisPace(RedisCommands redis, ChatConfig config) {
        this.pace = LuaScript.load(redis, "lua/pace.lua");
        this.config = config.vendor();
    }

    @Override
    public Uni<Void> turn(String what, Duration patience) {
        return pace.run(
                        List.of("chat:pace:" + what),
                        List.of(
                                Integer.toString(config.actionsPerSecond()),
                                Integer.toString(config.actionsAtOnce()),
                                Long.toString(patience.toMillis())))
                .map(answer -> answer.toLong())
                .onFailure()
                .recoverWithItem(0L)
                .chain(RedisPace::await);
    }

    private static Uni<Void> await(long wait) {
        if (wait < 0) {
            return Uni.createFrom()
                    .failure(new VendorException(Kind.BUSY, "Too many actions at once", Duration.ofMillis(-1 - wait)));
        }
        Uni<Void> now = Uni.createFrom().voidItem();
        return wait == 0 ? now : now.onItem().delayIt().by(Duration.ofMillis(wait));
    }
}
