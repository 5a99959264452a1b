package com.eventuall.queue;

import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.events.ReceivedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what the service told the world about one room, from the beginning. */
final class Events implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final String subject;
    private final List<ReceivedEvent> received = new ArrayList<>();

    Events(String bootstrap, String subject, EventType... types) {
        this.subject = subject;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        "test-" + System.nanoTime(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(Arrays.stream(types).map(EventType::topic).toList());
    }

    /** Everything so far, each event once, by sequence. */
    List<ReceivedEvent> all() {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
            ReceivedEvent event = ReceivedEvent.read(record);
            boolean known = received.stream().anyMatch(other -> other.id().equals(event.id()));
            if (event.subject().equals(subject) && !known) {
                received.add(event);
            }
        });
        return received.stream()
                .sorted(java.util.Comparator.comparingLong(ReceivedEvent::sequence))
                .toList();
    }

    List<String> types() {
        return all().stream().map(event -> event.type().topic()).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
