package com.eventuall.queue;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.events.ReceivedEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads what the service told the world about one room, from the beginning, and tells it what other services would. */
final class Events implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** Publishes an event of another service. */
    static void publish(String bootstrap, EventType type, String subject, Object payload) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(type.topic(), subject, JSON.writeValueAsBytes(payload));
            Map.of(
                            EventHeaders.SPEC_VERSION,
                            "1.0",
                            EventHeaders.ID,
                            UUID.randomUUID().toString(),
                            EventHeaders.TYPE,
                            type.type(),
                            EventHeaders.SOURCE,
                            type.source(),
                            EventHeaders.SUBJECT,
                            subject,
                            EventHeaders.SEQUENCE,
                            "1")
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get();
        } catch (JsonProcessingException | InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
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
