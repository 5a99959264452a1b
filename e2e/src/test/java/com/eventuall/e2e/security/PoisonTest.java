package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records that no service of ours has written, in every topic: they change nothing, and no partition waits behind them. Each
 * is sent with the key of one room, so that a good event behind all of them shows whether its partition still moves.
 */
@Tag("on-request")
@SecurityTest
class PoisonTest {
    private static final String EVENT = "poison";
    private static final String ROOM = EVENT + ":main";
    /** Whoever does not read these takes the event whatever they say. */
    private static final Set<String> ADDED_LATER = Set.of("stage-entered.requestId");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void poisonChangesNothingAndHoldsNothingUp(Stack stack, Figures figures) {
        StateProbe before = StateProbe.of(stack, EVENT, "main");
        try (KafkaTopics topics = new KafkaTopics(stack)) {
            long deadBefore = topics.deadLetters();
            long sent = 0;
            for (EventType type : EventType.values()) {
                sent += poison(topics, type);
            }
            await("consumers take everything in")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(topics.lag()).isEmpty());
            before.assertUnchanged(stack, EVENT, "main", figures);
            assertThat(topics.deadLetters()).isGreaterThan(deadBefore);

            ObjectNode good = sample(EventType.STAGE_ENTERED);
            topics.send(
                    EventType.STAGE_ENTERED,
                    ROOM,
                    KafkaTopics.headers(EventType.STAGE_ENTERED, ROOM),
                    bytes(good.put("userId", "good")));
            String pass = "Bearer " + stack.pass("probe", "moderator", EVENT);
            await("the next good event")
                    .atMost(LIMIT)
                    .until(() -> stack.get("/v1/events/poison/rooms/main/snapshot", "Authorization", pass)
                            .body()
                            .contains("\"good\""));
            // What has been taken in is marked so a little later.
            await().atMost(LIMIT).untilAsserted(() -> assertThat(topics.lag()).isEmpty());
            figures.poisoned(sent);
        }
    }

    private static int poison(KafkaTopics topics, EventType type) {
        int sent = 0;
        ObjectNode good = sample(type);
        for (byte[] payload : new byte[][] {
            null,
            {},
            {0, 1, 2, -1},
            "null".getBytes(StandardCharsets.UTF_8),
            "[]".getBytes(StandardCharsets.UTF_8),
            "{}".getBytes(StandardCharsets.UTF_8),
            "[".repeat(20_000).getBytes(StandardCharsets.UTF_8)
        }) {
            topics.send(type, ROOM, KafkaTopics.headers(type, ROOM), payload);
            sent++;
        }
        for (String header : new String[] {
            EventHeaders.TYPE + "=" + type.type().replace(".v1", ".v9"),
            EventHeaders.TYPE + "=com.example.other",
            EventHeaders.SOURCE + "=/eventuall/intruder",
            EventHeaders.SUBJECT + "=poison:other",
            EventHeaders.SUBJECT + "=|",
            EventHeaders.ID + "=" + "a".repeat(5000),
            EventHeaders.ID + "=a\u0000b",
            EventHeaders.ID + "=",
            EventHeaders.SEQUENCE + "=many"
        }) {
            Map<String, String> headers = KafkaTopics.headers(type, ROOM);
            int equals = header.indexOf('=');
            headers.put(header.substring(0, equals), header.substring(equals + 1));
            // Those that are checked less (a type without a room) must still be harmless.
            topics.send(type, ROOM, headers, bytes(good.deepCopy().put("userId", "\u0000")));
            sent++;
        }
        topics.send(type, ROOM, Map.of(), bytes(good));
        return sent + 1 + spoiltFields(topics, type, good);
    }

    /** Every field of the sample in turn: absent, of another type, or of a value that no store takes. */
    private static int spoiltFields(KafkaTopics topics, EventType type, ObjectNode good) {
        int sent = 0;
        for (Map.Entry<String, JsonNode> field : good.properties()) {
            if (ADDED_LATER.contains(type.topic() + "." + field.getKey())) {
                continue;
            }
            boolean isId = field.getKey().endsWith("Id") || field.getKey().endsWith("Sid");
            for (@Nullable
            Object bad : isId
                    ? new Object[] {null, "", "a\u0000b", "x".repeat(5000), Map.of()}
                    : new Object[] {Map.of(), Long.MAX_VALUE + "0"}) {
                ObjectNode spoilt = good.deepCopy();
                spoilt.set(field.getKey(), Stack.JSON.valueToTree(bad));
                if (fits(field.getValue(), bad)) {
                    continue;
                }
                topics.send(type, ROOM, KafkaTopics.headers(type, ROOM), bytes(spoilt));
                sent++;
            }
        }
        return sent;
    }

    /** Text for a text that is no id is only odd. */
    private static boolean fits(JsonNode value, @Nullable Object bad) {
        return value.isTextual() && bad instanceof String text && text.matches("[0-9]+")
                || value.isNull()
                || value.isObject();
    }

    private static ObjectNode sample(EventType type) {
        String name = "/contracts/events/samples/" + type.topic() + ".json";
        try (InputStream in = PoisonTest.class.getResourceAsStream(name)) {
            ObjectNode sample = (ObjectNode) Stack.JSON.readTree(in);
            if (sample.has("eventId")) {
                sample.put("eventId", EVENT);
            }
            if (sample.has("roomId")) {
                sample.put("roomId", "main");
            }
            return sample;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ObjectNode payload) {
        return payload.toString().getBytes(StandardCharsets.UTF_8);
    }
}
