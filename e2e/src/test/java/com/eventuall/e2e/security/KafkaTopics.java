package com.eventuall.e2e.security;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.e2e.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The stack's broker, seen from outside: what is in its topics, who is behind, and records that nobody should send. */
final class KafkaTopics implements AutoCloseable {
    private static final long LIMIT_SECONDS = 15;

    private final String servers;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    KafkaTopics(Stack stack) {
        servers = stack.info().get("kafka").asText();
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        admin = Admin.create(settings);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Headers as the owner of that type would set them. */
    static Map<String, String> headers(EventType type, String room) {
        Map<String, String> headers = new HashMap<>();
        headers.put(EventHeaders.SPEC_VERSION, "1.0");
        headers.put(EventHeaders.ID, UUID.randomUUID().toString());
        headers.put(EventHeaders.TYPE, type.type());
        headers.put(EventHeaders.SOURCE, type.source());
        headers.put(EventHeaders.SUBJECT, room);
        headers.put(EventHeaders.SEQUENCE, "1");
        headers.put(EventHeaders.CONTENT_TYPE, "application/json");
        return headers;
    }

    void send(EventType type, String room, Map<String, String> headers, byte @Nullable [] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(type.topic(), room, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        get(producer.send(record));
    }

    /** How many records each consumer group has still to take, by group; groups without any are left out. */
    Map<String, Long> lag() {
        Map<String, Long> behind = new TreeMap<>();
        for (GroupListing group :
                get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    get(admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata());
            Map<TopicPartition, Long> ends = ends(List.copyOf(committed.keySet()));
            committed.forEach((partition, offset) -> {
                long left = offset == null ? 0 : ends.get(partition) - offset.offset();
                if (left > 0) {
                    behind.merge(group.groupId() + " " + partition.topic(), left, Long::sum);
                }
            });
        }
        return behind;
    }

    /** Records in all dead-letter topics. */
    long deadLetters() {
        List<TopicPartition> partitions = partitions().stream()
                .filter(one -> one.topic().endsWith(".dlq"))
                .toList();
        return ends(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Everything in every topic, keys and headers included. */
    List<String> everything() {
        List<String> texts = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions();
            Map<TopicPartition, Long> ends = ends(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> texts.add(text(record)));
            }
        }
        return texts;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder(record.topic());
        record.headers().forEach(header -> append(text.append(' ').append(header.key()), header.value()));
        append(text, record.key());
        append(text, record.value());
        return text.toString();
    }

    private static void append(StringBuilder text, byte @Nullable [] bytes) {
        if (bytes != null) {
            text.append(' ').append(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        get(admin.describeTopics(get(admin.listTopics().names())).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        return partitions;
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
