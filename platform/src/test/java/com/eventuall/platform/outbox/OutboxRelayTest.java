package com.eventuall.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.events.OutgoingEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the relay does with what does not leave, over an outbox in memory. */
class OutboxRelayTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean away = new AtomicBoolean(true);
    private final AtomicInteger looks = new AtomicInteger();
    private final List<Outbox.Waiting> waiting =
            new CopyOnWriteArrayList<>(List.of(new Outbox.Waiting("1", event("id", "{}"))));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anOutageIsNotSpentOnLookingAtTheSameEvents() {
        OutboxRelay relay = new OutboxRelay(
                vertx,
                new InMemory(),
                events -> away.get()
                        ? Uni.createFrom().failure(new IllegalStateException("away"))
                        : Uni.createFrom().voidItem());
        relay.start();
        long begun = System.nanoTime();
        await().pollInterval(Duration.ofMillis(2)).until(() -> {
            relay.wake();
            return looks.get() >= 2;
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("from the first look to the second")
                .isGreaterThanOrEqualTo(OutboxRelay.REST);

        away.set(false);
        await().until(waiting::isEmpty);
        relay.stop().await().atMost(Duration.ofSeconds(5));
    }

    @Test
    void anEventThatNoBrokerTakesHoldsUpNobody() {
        away.set(false);
        String tooMuch = "x".repeat(OutboxRelay.MAX_DATA + 1);
        waiting.add(0, new Outbox.Waiting("0", event("large", tooMuch)));
        List<OutgoingEvent> published = new CopyOnWriteArrayList<>();
        OutboxRelay relay = new OutboxRelay(vertx, new InMemory(), events -> {
            published.addAll(events);
            return Uni.createFrom().voidItem();
        });
        relay.start();
        await().until(waiting::isEmpty);
        relay.stop().await().atMost(Duration.ofSeconds(5));
        assertThat(published).extracting(OutgoingEvent::id).containsExactly("id");
    }

    private static OutgoingEvent event(String id, String data) {
        return new OutgoingEvent(id, EventType.QUEUE_CHANGED, "e:r", 1, 1, data, null);
    }

    private final class InMemory implements Outbox {
        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public Uni<Boolean> acquire() {
            return Uni.createFrom().item(true);
        }

        @Override
        public Uni<List<Waiting>> peek(int partition, int limit) {
            looks.incrementAndGet();
            return Uni.createFrom().item(List.copyOf(waiting));
        }

        @Override
        public Uni<Void> remove(int partition, List<Waiting> published) {
            waiting.removeAll(published);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> release() {
            return Uni.createFrom().voidItem();
        }
    }
}
