package com.eventuall.platform.redis;

import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.RunDirectory;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real Redis for a test class, and clients of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RedisServerTest {
    protected final Vertx vertx = Vertx.vertx();
    private final RunDirectory run = RunDirectory.create();
    protected final EmbeddedRedis server = new EmbeddedRedis(run, 0, null);

    @BeforeAll
    void startServer() {
        server.start();
    }

    @AfterAll
    void stopServer() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.stop();
        run.close();
    }

    /** A client of its own, as each replica has. */
    protected Redis client() {
        return Redis.createClient(vertx, server.url());
    }

    protected RedisCommands commands() {
        return new RedisCommands(new io.vertx.mutiny.redis.client.Redis(client()));
    }
}
