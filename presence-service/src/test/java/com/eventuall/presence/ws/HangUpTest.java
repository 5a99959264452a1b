package com.eventuall.presence.ws;

import static com.eventuall.presence.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.presence.RawUpgrade;
import com.eventuall.presence.ServiceTest;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clients of a busy replica that do not wait until it has come to them. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class HangUpTest {
    private static final int CLIENTS = 30;

    @Infra
    PassIssuer passes;

    @TestHTTPResource
    String root;

    @Inject
    Vertx vertx;

    private final String event = "e" + UUID.randomUUID();

    @Test
    void whoHasHungUpGetsNoUpgradeThatFails() throws IOException {
        await().until(() -> RawUpgrade.answer(root, passes, event, "ann").startsWith("HTTP/1.1 101"));
        Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
        Infrastructure.setDroppedExceptionHandler(dropped::add);
        CountDownLatch busy = new CountDownLatch(1);
        try {
            for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
                loop.execute(() -> hold(busy));
            }
            for (int i = 0; i < CLIENTS; i++) {
                RawUpgrade.ask(root, passes, event, "gone-" + i).close();
            }
            busy.countDown();
            // On every event loop, after those who are gone.
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(RawUpgrade.answer(root, passes, event, "here-" + i)).startsWith("HTTP/1.1 101");
            }
            assertThat(dropped).isEmpty();
        } finally {
            busy.countDown();
            Infrastructure.resetDroppedExceptionHandler();
        }
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
