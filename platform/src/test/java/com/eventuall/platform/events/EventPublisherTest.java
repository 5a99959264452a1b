package com.eventuall.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of events while Kafka neither takes nor refuses them. */
class EventPublisherTest {
    private static final int BATCH = 256;

    private final List<CompletableFuture<Void>> given = new ArrayList<>();
    private final EventPublisher publisher = new EventPublisher(kafka(), new SimpleMeterRegistry());

    @Test
    void whatIsUnderWayHasABoundAlsoWhenNobodyWaitsForItAnyMore() {
        int fit = EventPublisher.MOST_UNDER_WAY / BATCH;
        for (int i = 0; i < fit; i++) {
            publish().cancel();
        }
        assertThat(given).hasSize(fit * BATCH);

        publish().assertFailed();
        assertThat(given).as("given to Kafka").hasSize(fit * BATCH);

        given.subList(0, BATCH / 2).forEach(one -> one.complete(null));
        given.subList(BATCH / 2, BATCH).forEach(one -> one.completeExceptionally(new IllegalStateException("refused")));
        UniAssertSubscriber<Void> next = publish();
        given.subList(fit * BATCH, given.size()).forEach(one -> one.complete(null));
        next.assertCompleted();
        publish().assertNotTerminated();
    }

    private UniAssertSubscriber<Void> publish() {
        List<OutgoingEvent> events = IntStream.range(0, BATCH)
                .mapToObj(i -> new OutgoingEvent(
                        "id-" + i, EventType.PARTICIPANT_CONNECTED, "e:r", 0, OutgoingEvent.UNORDERED, "{}", null))
                .toList();
        return publisher.publish(events).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** Notes what it is given, and answers when the test says so. */
    @SuppressWarnings("unchecked")
    private MutinyEmitter<byte[]> kafka() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MutinyEmitter.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("sendMessage")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    CompletableFuture<Void> answer = new CompletableFuture<>();
                    given.add(answer);
                    return Uni.createFrom().completionStage(answer);
                });
    }
}
