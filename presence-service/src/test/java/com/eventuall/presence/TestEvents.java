package com.eventuall.presence;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.EmbeddedKafka;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says what other services say, about the room {@code main} of one event. */
public final class TestEvents implements AutoCloseable {
    private final String event;
    private final KafkaProducer<String, String> producer;

    public TestEvents(EmbeddedKafka kafka, String event) {
        this.event = event;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address()), new StringSerializer(), new StringSerializer());
    }

    /** Publishes what other services publish; returns once Kafka has it. */
    public void publish(EventType type, long sequence, JsonObject data) {
        String key = event + ":main";
        JsonObject payload =
                new JsonObject().put("eventId", event).put("roomId", "main").mergeIn(data);
        ProducerRecord<String, String> record = new ProducerRecord<>(type.topic(), key, payload.encode());
        Map.of(
                        EventHeaders.ID, UUID.randomUUID().toString(),
                        EventHeaders.SPEC_VERSION, "1.0",
                        EventHeaders.TYPE, type.type(),
                        EventHeaders.SOURCE, type.source(),
                        EventHeaders.SUBJECT, key,
                        EventHeaders.TIME, "2026-11-23T00:00:00Z",
                        EventHeaders.SEQUENCE, Long.toString(sequence))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        send(record);
    }

    /** Somebody comes on stage. */
    public void enter(String userId, long sequence) {
        publish(
                EventType.STAGE_ENTERED,
                sequence,
                new JsonObject()
                        .put("userId", userId)
                        .put("stayId", "s" + sequence)
                        .put("enteredAt", sequence));
    }

    /** Publishes what no service publishes. */
    public void publishRaw(String topic, String value) {
        send(new ProducerRecord<>(topic, event + ":main", value));
    }

    private void send(ProducerRecord<String, String> record) {
        producer.send(record);
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
