package com.eventuall.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedEventTest {
    private static final String GOOD =
            "{\"eventId\":\"e1\",\"roomId\":\"main\",\"userId\":\"u1\",\"stayId\":\"7:1\",\"enteredAt\":5,\"new\":1}";

    private final Map<String, String> headers = new HashMap<>(Map.of(
            EventHeaders.ID, "id-1",
            EventHeaders.TYPE, EventType.STAGE_ENTERED.type(),
            EventHeaders.SOURCE, "/eventuall/queue-service",
            EventHeaders.SUBJECT, "e1:main",
            EventHeaders.SEQUENCE, "42"));

    @Test
    void eventIsReadAndUnknownFieldsAreIgnored() {
        ReceivedEvent event = ReceivedEvent.read(record(GOOD));
        assertThat(event.as(StageEntered.class)).isEqualTo(new StageEntered("e1", "main", "u1", "7:1", 5));
        assertThat(event.sequence()).isEqualTo(42);
        assertThat(event.id()).isEqualTo("id-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_type", "ce_source", "ce_subject"})
    void missingAttributeIsMalformed(String header) {
        headers.remove(header);
        malformed(GOOD);
    }

    @ParameterizedTest
    @CsvSource({
        "ce_type, com.eventuall.stage.entered.v9",
        "ce_source, /eventuall/chat-service",
        "ce_subject, e1:other",
        "ce_sequence, many",
    })
    void wrongAttributeIsMalformed(String header, String value) {
        headers.put(header, value);
        malformed(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{", "{\"eventId\":\"e 1\",\"roomId\":\"main\"}", "{\"enteredAt\":\"x\"}"})
    void payloadThatDoesNotFitIsMalformed(String json) {
        malformed(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"userId\":null",
                "\"userId\":\"u 1\"",
                "\"stayId\":null",
                "\"stayId\":\"\"",
                "\"stayId\":\"a\\u0000b\"",
                "\"enteredAt\":-1",
                "\"enteredAt\":9223372036854775807"
            })
    void valueThatNoDatabaseTakesIsMalformed(String field) {
        malformed(GOOD.replace("}", "," + field + "}"));
    }

    @Test
    void idsThatNoInboxTakesAreMalformed() {
        headers.put(EventHeaders.ID, "a".repeat(201));
        malformed(GOOD);
        headers.put(EventHeaders.ID, "a\u0000");
        malformed(GOOD);
    }

    @Test
    void eventOfLivekitIsAboutARoom() {
        headers.put(EventHeaders.TYPE, EventType.LIVEKIT_EVENT.type());
        headers.put(EventHeaders.SOURCE, EventType.LIVEKIT_EVENT.source());
        String json = "{\"event\":\"egress_ended\",\"id\":\"EV_1\"}";
        assertThat(ReceivedEvent.read(record(json)).subject()).isEqualTo("e1:main");
        headers.put(EventHeaders.SUBJECT, "|");
        malformed(json);
    }

    private void malformed(String json) {
        assertThatThrownBy(() -> ReceivedEvent.read(record(json))).isInstanceOf(MalformedEventException.class);
    }

    private ConsumerRecord<String, byte[]> record(String json) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>("stage-entered", 0, 0, "e1:main", json.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
