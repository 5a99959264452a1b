package com.eventuall.e2e;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
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
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a stack has published from its beginning, each event once, as any consumer of its topics sees it. A record
 * is understood when it is asked for: on a stack that others use, too, not every record of every room can be.
 */
public final class EventLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final Map<String, ConsumerRecord<String, byte[]>> records = new LinkedHashMap<>();
    private final Thread reader = new Thread(this::read, "event-log");
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException broken;

    /** @param sequence -1 where there is none */
    public record Event(String topic, String source, String room, long sequence, JsonNode payload, String trace) {}

    public EventLog(String bootstrapServers) {
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
        synchronized (records) {
            records.putIfAbsent(header(record, EventHeaders.SOURCE) + " " + header(record, EventHeaders.ID), record);
        }
    }

    private static Event event(ConsumerRecord<String, byte[]> record) {
        String sequence = header(record, EventHeaders.SEQUENCE);
        try {
            return new Event(
                    record.topic(),
                    header(record, EventHeaders.SOURCE),
                    record.key(),
                    sequence.isEmpty() ? -1 : Long.parseLong(sequence),
                    Stack.JSON.readTree(record.value()),
                    header(record, EventHeaders.TRACE_PARENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** All so far. */
    public List<Event> all() {
        return records().map(EventLog::event).toList();
    }

    /** Those of some topics about one room. */
    public List<Event> of(String room, String... topics) {
        return records()
                .filter(record ->
                        room.equals(record.key()) && Arrays.asList(topics).contains(record.topic()))
                .map(EventLog::event)
                .toList();
    }

    private Stream<ConsumerRecord<String, byte[]>> records() {
        RuntimeException failure = broken;
        if (failure != null) {
            throw new IllegalStateException("The events cannot be read", failure);
        }
        synchronized (records) {
            return List.copyOf(records.values()).stream();
        }
    }

    /** What events of a type about one room say. */
    public List<JsonNode> payloads(String room, EventType type) {
        return of(room, type.topic()).stream().map(Event::payload).toList();
    }

    /** The ids of the people whom events of a topic about one room name. */
    public Collection<String> users(String room, String topic) {
        return of(room, topic).stream()
                .map(event -> event.payload().path("userId").asText())
                .toList();
    }

    /**
     * Numbers that are missing in the rows that each service counts per room: what was written to an outbox and never
     * published. Rooms are named {@code source room}.
     */
    public Map<String, List<Long>> gaps() {
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
