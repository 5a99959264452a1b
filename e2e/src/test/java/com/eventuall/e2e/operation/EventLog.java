package com.eventuall.e2e.operation;

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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Everything that a stack has published from its beginning, each event once, as any consumer of its topics sees it. */
final class EventLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final Map<String, Event> events = new LinkedHashMap<>();
    private final Thread reader = new Thread(this::read, "event-log");
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException broken;

    /** @param sequence -1 where there is none */
    record Event(String topic, String source, String room, long sequence, JsonNode payload, String trace) {}

    EventLog(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (EventType type : EventType.values()) {
            for (PartitionInfo partition : consumer.partitionsFor(type.topic())) {
                all.add(new TopicPartition(partition.topic(), partition.partition()));
            }
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (!stopped) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (RuntimeException e) {
            broken = e;
        } finally {
            consumer.close();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        String source = header(record, EventHeaders.SOURCE);
        String sequence = header(record, EventHeaders.SEQUENCE);
        JsonNode payload;
        try {
            payload = Stack.JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Event event = new Event(
                record.topic(),
                source,
                record.key(),
                sequence.isEmpty() ? -1 : Long.parseLong(sequence),
                payload,
                header(record, EventHeaders.TRACE_PARENT));
        synchronized (events) {
            events.putIfAbsent(source + " " + header(record, EventHeaders.ID), event);
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** All so far. */
    List<Event> all() {
        RuntimeException failure = broken;
        if (failure != null) {
            throw new IllegalStateException("The events cannot be read", failure);
        }
        synchronized (events) {
            return List.copyOf(events.values());
        }
    }

    /** Those of some topics about one room. */
    List<Event> of(String room, String... topics) {
        return all().stream()
                .filter(event ->
                        event.room().equals(room) && Arrays.asList(topics).contains(event.topic()))
                .toList();
    }

    /** The ids of the people whom events of a topic about one room name. */
    Collection<String> users(String room, String topic) {
        return of(room, topic).stream()
                .map(event -> event.payload().path("userId").asText())
                .toList();
    }

    /**
     * Numbers that are missing in the rows that each service counts per room: what was written to an outbox and never
     * published. Rooms are named {@code source room}.
     */
    Map<String, List<Long>> gaps() {
        Map<String, TreeSet<Long>> rows = new TreeMap<>();
        for (Event event : all()) {
            if (event.sequence() >= 0) {
                rows.computeIfAbsent(event.source() + " " + event.room(), row -> new TreeSet<>())
                        .add(event.sequence());
            }
        }
        Map<String, List<Long>> gaps = new TreeMap<>();
        rows.forEach((row, numbers) -> {
            long next = numbers.first();
            for (long number : numbers) {
                if (number != next) {
                    gaps.computeIfAbsent(row, first -> new ArrayList<>()).add(next);
                }
                next = number + 1;
            }
        });
        return gaps;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            reader.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
