package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes and reads CloudEvents as the other services do. */
public final class Topics implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final KafkaProducer<String, byte[]> producer;
    private final String bootstrap;

    public Topics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer());
    }

    /** Publishes an event and waits until it is stored. */
    public void publish(EventType type, String room, Object payload) {
        publish(UUID.randomUUID().toString(), type, room, payload);
    }

    void publish(String id, EventType type, String room, Object payload) {
        try {
            var record = new ProducerRecord<>(type.topic(), room, JSON.writeValueAsBytes(payload));
            header(record, EventHeaders.SPEC_VERSION, "1.0");
            header(record, EventHeaders.ID, id);
            header(record, EventHeaders.TYPE, type.type());
            header(record, EventHeaders.SOURCE, type.source());
            header(record, EventHeaders.SUBJECT, room);
            header(record, EventHeaders.TIME, Instant.now().toString());
            producer.send(record).get();
        } catch (JsonProcessingException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** All records of a topic about a room, in order; each fits the topic's schema. */
    public List<ConsumerRecord<String, byte[]>> read(EventType type, String room) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(type.topic()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (room.equals(record.key())) {
                        assertThat(schema(type)
                                        .validate(new String(record.value(), StandardCharsets.UTF_8), InputFormat.JSON))
                                .isEmpty();
                        found.add(record);
                    }
                });
            }
            return found;
        }
    }

    private static Schema schema(EventType type) {
        String path = type.schemaResource();
        try (InputStream in =
                Objects.requireNonNull(Topics.class.getClassLoader().getResourceAsStream(path), path)) {
            return SCHEMAS.getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
