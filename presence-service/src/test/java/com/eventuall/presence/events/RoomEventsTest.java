package com.eventuall.presence.events;

import static com.eventuall.presence.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.presence.ServiceTest;
import com.eventuall.presence.TestClient;
import com.eventuall.presence.TestEvents;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTest.class)
class RoomEventsTest {
    @Infra
    PassIssuer passes;

    @Infra
    EmbeddedKafka kafka;

    @TestHTTPResource
    String root;

    private final String event = "e" + UUID.randomUUID();
    private TestEvents events;

    @BeforeEach
    void connect() {
        events = new TestEvents(kafka, event);
    }

    @AfterEach
    void disconnect() {
        events.close();
    }

    private TestClient join(String userId) {
        return TestClient.join(root, event, passes, userId);
    }

    private void exit(String userId, long sequence) {
        events.publish(
                EventType.STAGE_EXITED,
                sequence,
                new JsonObject()
                        .put("userId", userId)
                        .put("stayId", "s")
                        .put("enteredAt", 1)
                        .put("exitedAt", 2)
                        .put("reason", "demoted"));
    }

    @Test
    void doubledAndLateEventsMakeNoVersion() {
        TestClient ann = join("ann");
        events.enter("ann", 1);
        await().until(() -> ann.state().getJsonObject("stage").containsKey("ann"));
        exit("ann", 2);
        await().until(() -> !ann.state().getJsonObject("stage").containsKey("ann"));
        for (int i = 0; i < 3; i++) {
            events.enter("ann", 1);
            exit("ann", 2);
        }
        long version = ann.version();
        // On the same partitions and after all of the above, so that once it is seen they are done.
        events.enter("end", 10);
        await().until(() -> ann.state().getJsonObject("stage").containsKey("end"));
        exit("end", 11);
        await().until(() -> !ann.state().getJsonObject("stage").containsKey("end"));
        assertThat(ann.version()).isEqualTo(version + 2);
        assertThat(ann.breaches()).isEmpty();
    }

    @Test
    void queueRecordingAndChatShow() {
        TestClient ann = join("ann");
        events.publish(
                EventType.QUEUE_CHANGED,
                5,
                new JsonObject()
                        .put("revision", 5)
                        .put("pending", new JsonArray().add("ben"))
                        .put("live", new JsonArray().add("ann")));
        events.publish(
                EventType.RECORDING_STARTED,
                1,
                new JsonObject()
                        .put("recordingId", "0192")
                        .put("state", "RECORDING")
                        .put("startedAt", 7)
                        .putNull("reason"));
        events.publish(
                EventType.CHAT_ROOM_OPENED,
                1,
                new JsonObject().put("conversationSid", "CH1").put("openedAt", 7));
        await().until(() -> ann.state().containsKey("chat")
                && ann.state().containsKey("recording")
                && ann.state().getJsonObject("queue").getLong("revision") == 5);
        assertThat(ann.state().getJsonObject("queue").getJsonArray("pending")).containsExactly("ben");
        assertThat(ann.state().getJsonObject("recording"))
                .isEqualTo(new JsonObject("{\"id\":\"0192\",\"status\":\"recording\",\"startedAt\":7}"));
        assertThat(ann.state().getJsonObject("chat").getString("conversationSid"))
                .isEqualTo("CH1");
    }

    @Test
    void whatIsMalformedGoesToTheDeadLetters() {
        events.publishRaw("queue-changed", "not json");
        assertThat(read("queue-changed.dlq", 1))
                .anyMatch(record -> record.value().equals("not json"));
    }

    @Test
    void comingAndGoingIsPublishedInOrder() {
        TestClient ann = join("ann");
        ann.close();
        List<ConsumerRecord<String, String>> changes = read("presence-changed", 3).stream()
                .filter(record -> record.key().equals(event + ":main"))
                .toList();
        assertThat(changes)
                .extracting(record -> new JsonObject(record.value()).getString("status"))
                .containsExactly("online", "offline", "removed");
        assertThat(changes)
                .extracting(record -> Long.parseLong(new String(
                        record.headers().lastHeader(EventHeaders.SEQUENCE).value(), StandardCharsets.UTF_8)))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(read("participant-connected", 1))
                .extracting(record -> new JsonObject(record.value()).getString("name"))
                .containsExactly("Name of ann");
        assertThat(read("participant-disconnected", 1))
                .extracting(record -> new JsonObject(record.value()).getString("reason"))
                .containsExactly("left");
    }

    /** Reads a topic from its beginning until so many records of this test's room have come. */
    private List<ConsumerRecord<String, String>> read(String topic, int wanted) {
        List<ConsumerRecord<String, String>> ours = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.address(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().startsWith(event)) {
                        ours.add(record);
                    }
                });
                return ours.size() >= wanted;
            });
        }
        return ours;
    }
}
