package com.eventuall.platform.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<UniEmitter<? super String>> slow = new AtomicReference<>();
    private final FirstUse slowUse = () -> Uni.createFrom().<String>emitter(slow::set);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aReplicaIsReadyOnlyAfterEverythingWasUsed() {
        WarmUp warmUp = started(List.of(slowUse), Duration.ofMinutes(1));
        await().until(() -> slow.get() != null);
        assertThat(warmUp.call().getStatus()).isEqualTo(Status.DOWN);
        slow.get().complete("used");
        awaitReady(warmUp);
    }

    @Test
    void whatFailsKeepsNoReplicaOut() {
        FirstUse throwing = () -> {
            throw new IllegalStateException("no classes");
        };
        FirstUse failing = () -> Uni.createFrom().failure(new IllegalStateException("no store"));
        WarmUp warmUp = started(List.of(throwing, failing, slowUse), Duration.ofMinutes(1));
        await().until(() -> slow.get() != null);
        slow.get().fail(new IllegalStateException("no answer"));
        awaitReady(warmUp);
    }

    @Test
    void whatNeverEndsKeepsNoReplicaOutForLong() {
        WarmUp warmUp = started(List.of(() -> Uni.createFrom().nothing()), Duration.ofMillis(50));
        awaitReady(warmUp);
    }

    @Test
    void withNothingToUseItIsReadyAtOnce() {
        awaitReady(started(List.of(), Duration.ofMinutes(1)));
    }

    private WarmUp started(List<FirstUse> uses, Duration limit) {
        WarmUp warmUp = new WarmUp(vertx, uses, limit);
        warmUp.start(new StartupEvent());
        return warmUp;
    }

    private static void awaitReady(WarmUp warmUp) {
        await().untilAsserted(() -> assertThat(warmUp.call().getStatus()).isEqualTo(Status.UP));
    }
}
