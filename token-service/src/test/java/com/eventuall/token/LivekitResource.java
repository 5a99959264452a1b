package com.eventuall.token;

import com.eventuall.sandbox.SandboxServer;
import com.eventuall.sandbox.livekit.LivekitKeys;
import com.eventuall.sandbox.livekit.LivekitSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LiveKit's sandbox, with the keys of the test configuration; its base URL is in {@code test.livekit.sandbox}. */
public final class LivekitResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable Vertx vertx;
    private @Nullable SandboxServer server;

    @Override
    public Map<String, String> start() {
        Vertx own = Vertx.vertx();
        LivekitKeys keys = new LivekitKeys("APItest", "a-secret-of-the-tests-with-32-bytes-and-more");
        SandboxServer started = SandboxServer.start(own, 0, List.of(new LivekitSandbox(own, keys, List.of())));
        vertx = own;
        server = started;
        return Map.of(
                "livekit.api-url", started.ownOrigin("livekit"), "test.livekit.sandbox", started.baseUrl("livekit"));
    }

    @Override
    public void stop() {
        if (server != null && vertx != null) {
            server.close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
