package com.eventuall.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LuaScriptTest extends RedisServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final RedisCommands redis = commands();

    @Test
    void runsWhetherRedisKnowsItOrNot() {
        LuaScript script = LuaScript.load(redis, "lua/add.lua");
        assertThat(run(script, "2")).isEqualTo(2);
        assertThat(run(script, "3")).isEqualTo(5);
        redis.send(Command.SCRIPT, "FLUSH").await().atMost(LIMIT);
        assertThat(run(script, "1")).isEqualTo(6);
    }

    @Test
    void errorOfAScriptIsPassedOnAndNotRepeated() {
        LuaScript script = LuaScript.load(redis, "lua/add.lua");
        redis.send(Command.SET, "errors", "0").await().atMost(LIMIT);
        assertThatThrownBy(() -> script.run(List.of("errors"), List.of("no number"))
                        .await()
                        .atMost(LIMIT))
                .hasMessageContaining("not an integer");
    }

    @Test
    void missingScriptFailsAtStart() {
        assertThatThrownBy(() -> LuaScript.load(redis, "lua/none.lua")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void redisThatIsAwayIsUnavailable() {
        RedisCommands nobody =
                new RedisCommands(Redis.createClient(new io.vertx.mutiny.core.Vertx(vertx), "redis://127.0.0.1:1"));
        assertThatThrownBy(() -> nobody.send(Command.PING).await().atMost(LIMIT))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(refusal.retryAfterSeconds()).isEqualTo(2);
                });
    }

    private static int run(LuaScript script, String amount) {
        return script.run(List.of("total"), List.of(amount))
                .await()
                .atMost(LIMIT)
                .toInteger();
    }
}
