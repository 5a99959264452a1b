package com.eventuall.e2e.faults.client;

import com.eventuall.contracts.events.EventType;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Another system that reads all topics of the suite, and the dead letters, from the beginning. */
public final class EventTap implements AutoCloseable {
    private final History history;
    private final String prefix;
    private final Thread thread;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private volatile boolean stopping;

    /** @param eventId of whose rooms events are recorded */
    public EventTap(String bootstrap, History history, String eventId) {
        this.history = history;
        this.prefix = eventId + ":";
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest", "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(EventType.values())
                .flatMap(type -> Stream.of(type.topic(), type.deadLetterTopic()))
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        thread = new Thread(this::run, "event-tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (!record.topic().endsWith(".dlq")) {
                        event(record);
                    } else {
                        history.add("dead-letter", "", record.topic(), headers(record));
                    }
                }
            }
        } catch (org.apache.kafka.common.errors.WakeupException end) {
            // Told to stop.
        }
    }

    private void event(ConsumerRecord<String, byte[]> record) {
        String type = header(record, "ce_type");
        String subject = header(record, "ce_subject");
        String source = header(record, "ce_source");
        // What a fault sends under somebody else's name promises nothing.
        boolean ours =
                subject != null && subject.startsWith(prefix) && source != null && source.startsWith("/eventuall/");
        if (!ours || header(record, "e2e-repeated") != null || type == null) {
            return;
        }
        synchronized (records) {
            records.add(record);
        }
        ObjectNode data = History.data();
        data.put("topic", record.topic());
        data.put("source", source);
        data.put("id", header(record, "ce_id"));
        String sequence = header(record, "ce_sequence");
        data.put("sequence", sequence == null ? -1 : Long.parseLong(sequence));
        data.set("payload", json(record.value()));
        history.add("event", subject, "", data);
    }

    private static JsonNode json(byte[] value) {
        try {
            return Stack.JSON.readTree(value);
        } catch (IOException e) {
            return Stack.JSON.getNodeFactory().textNode(new String(value, StandardCharsets.UTF_8));
        }
    }

    private static ObjectNode headers(ConsumerRecord<String, byte[]> record) {
        ObjectNode data = History.data();
        for (Header header : record.headers()) {
            data.put(header.key(), header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8));
        }
        return data;
    }

    static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** All events that were read so far, as they came. */
    public List<ConsumerRecord<String, byte[]>> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }

    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
