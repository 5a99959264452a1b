package com.eventuall.e2e.chat;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a consumer of one room's events sees: every event once, by source and id. */
final class EventLog implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final String room;
    private final Set<String> seen = new HashSet<>();
    private final List<ConsumerRecord<String, byte[]>> events = new ArrayList<>();

    /** Reads these topics from their beginning. */
    EventLog(Stack stack, String room, EventType... types) {
        this.room = room;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.info().get("kafka").asText()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(types)
                .flatMap(type -> consumer.partitionsFor(type.topic()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The payloads of that type so far. */
    List<JsonNode> of(EventType type) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::take);
        return events.stream()
                .filter(record -> record.topic().equals(type.topic()))
                .map(EventLog::payload)
                .toList();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (room.equals(record.key())
                && seen.add(header(record, EventHeaders.SOURCE) + " " + header(record, EventHeaders.ID))) {
            events.add(record);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static JsonNode payload(ConsumerRecord<String, byte[]> record) {
        try {
            return Stack.JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
