package com.eventuall.platform.events;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.platform.tracing.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Publishes events on the topics of their types, CloudEvents binary mode. A returned item means that all in-sync replicas
 * have the event; a failure (after {@link #TIMEOUT} at the latest) means that it is not known whether they have, so the
 * caller publishes it again with the same id. Nothing is kept here: an outbox is where events wait.
 */
@ApplicationScoped
public class EventPublisher implements EventSink {
    /** How long to wait for the acknowledgement of one batch. */
    public static final Duration TIMEOUT = Duration.ofSeconds(12);

    /**
     * Events that Kafka was given and has neither taken nor refused; beyond them publishing fails at once. While it cannot be
     * reached from the start, each waits for a connection by itself, in a queue that would grow with every attempt.
     */
    static final int MOST_UNDER_WAY = 2048;

    private static final String SCHEMAS = "https://eventuall.com/schemas/events/";

    private final MutinyEmitter<byte[]> emitter;
    private final MeterRegistry metrics;
    private final AtomicInteger underWay = new AtomicInteger();

    EventPublisher(
            @Channel("events-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_UNDER_WAY)
                    MutinyEmitter<byte[]> emitter,
            MeterRegistry metrics) {
        this.emitter = emitter;
        this.metrics = metrics;
    }

    /** Publishes one event. */
    public Uni<Void> publish(OutgoingEvent event) {
        return publish(List.of(event));
    }

    @Override
    public Uni<Void> publish(List<OutgoingEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().deferred(() -> {
            if (underWay.addAndGet(events.size()) > MOST_UNDER_WAY) {
                underWay.addAndGet(-events.size());
                return Uni.createFrom().failure(new IllegalStateException("Kafka takes no events at the moment"));
            }
            return Uni.join()
                    .all(events.stream().map(this::begin).toList())
                    .andFailFast()
                    .ifNoItem()
                    .after(TIMEOUT)
                    .fail()
                    .replaceWithVoid();
        });
    }

    /** What is sent stays under way until Kafka or its client says something, also when nobody waits for that any more. */
    private Uni<Void> begin(OutgoingEvent event) {
        CompletableFuture<Void> sent = send(event).subscribeAsCompletionStage();
        sent.whenComplete((taken, refused) -> underWay.decrementAndGet());
        return Uni.createFrom().completionStage(sent::copy);
    }

    private Uni<Void> send(OutgoingEvent event) {
        OutgoingKafkaRecordMetadata<String> record = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(event.type().topic())
                .withKey(event.subject())
                .withHeaders(headers(event))
                .build();
        // The relay has no span of its own: an event goes on with the trace of what caused it.
        TracingMetadata trace = TracingMetadata.withCurrent(TraceContext.of(event.traceParent()));
        return emitter.sendMessage(
                        Message.of(event.data().getBytes(StandardCharsets.UTF_8), Metadata.of(record, trace)))
                .onItem()
                .invoke(() -> metrics.counter(
                                "eventuall.events.published",
                                "topic",
                                event.type().topic())
                        .increment());
    }

    private static Headers headers(OutgoingEvent event) {
        Headers headers = new RecordHeaders();
        add(headers, EventHeaders.SPEC_VERSION, "1.0");
        add(headers, EventHeaders.ID, event.id());
        add(headers, EventHeaders.TYPE, event.type().type());
        add(headers, EventHeaders.SOURCE, event.type().source());
        add(headers, EventHeaders.SUBJECT, event.subject());
        add(headers, EventHeaders.TIME, Instant.ofEpochMilli(event.time()).toString());
        add(headers, EventHeaders.DATA_SCHEMA, SCHEMAS + event.type().topic() + ".v1.json");
        add(headers, EventHeaders.CONTENT_TYPE, "application/json");
        if (event.sequence() != OutgoingEvent.UNORDERED) {
            add(headers, EventHeaders.SEQUENCE, Long.toString(event.sequence()));
        }
        if (event.traceParent() != null) {
            add(headers, EventHeaders.TRACE_PARENT, event.traceParent());
        }
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
