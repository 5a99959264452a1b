package com.eventuall.chat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.EmbeddedKafka;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The broker as the other services use it: publishes as queue-service does, reads as presence-service does. */
final class Kafka implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();

    /** Reads these topics from their beginning. */
    Kafka(EmbeddedKafka broker, EventType... topics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address(), "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(topics)
                .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void publish(EventType type, RoomKey room, Object payload) {
        try {
            publish(type.topic(), type, room, JSON.writeValueAsBytes(payload));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void publish(String topic, EventType type, RoomKey room, byte[] payload) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, room.key(), payload);
        header(record, EventHeaders.SPEC_VERSION, "1.0");
        header(record, EventHeaders.ID, UUID.randomUUID().toString());
        header(record, EventHeaders.TYPE, type.type());
        header(record, EventHeaders.SOURCE, type.source());
        header(record, EventHeaders.SUBJECT, room.key());
        header(record, EventHeaders.SEQUENCE, "1");
        producer.send(record);
        producer.flush();
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The payloads of a topic about a room so far. */
    List<JsonObject> events(EventType type, RoomKey room) {
        return records(type, room)
                .map(record -> new JsonObject(new String(record.value(), StandardCharsets.UTF_8)))
                .toList();
    }

    /** The sequences of a topic's events about a room so far. */
    List<Long> sequences(EventType type, RoomKey room) {
        return records(type, room)
                .map(record -> Long.valueOf(new String(
                        record.headers().lastHeader(EventHeaders.SEQUENCE).value(), StandardCharsets.UTF_8)))
                .toList();
    }

    private Stream<ConsumerRecord<String, byte[]>> records(EventType type, RoomKey room) {
        consumer.poll(Duration.ofMillis(100)).forEach(read::add);
        return read.stream()
                .filter(record ->
                        record.topic().equals(type.topic()) && room.key().equals(record.key()));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
    }
}
