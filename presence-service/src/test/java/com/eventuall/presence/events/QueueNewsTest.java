package com.eventuall.presence.events;

import static com.eventuall.presence.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.SharedKeys;
import com.eventuall.presence.ServiceTest;
import com.eventuall.presence.TestClient;
import com.eventuall.presence.TestEvents;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What queue-service says over Redis is shown at once, and what Kafka says of it afterwards changes nothing. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class QueueNewsTest {
    private static final String STAY = "\"stayId\":\"s1\"";
    private static final String LISTS = "\"revision\":7";

    @Infra
    PassIssuer passes;

    @Infra
    EmbeddedKafka kafka;

    @Inject
    RedisCommands redis;

    @TestHTTPResource
    String root;

    private final String event = "e" + UUID.randomUUID();

    private void tell(String room, String news) {
        redis.send(Command.PUBLISH, SharedKeys.QUEUE_NEWS, room + "\n" + news)
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    /** What she was told with that text in it. Versions are not counted: here people are away after 1.5 s. */
    private static List<String> messages(TestClient client, String text) {
        return client.received().stream()
                .map(JsonObject::encode)
                .filter(message -> message.contains(text))
                .toList();
    }

    private String line(EventType type, long sequence, JsonObject data) {
        JsonObject payload =
                new JsonObject().put("eventId", event).put("roomId", "main").mergeIn(data);
        return type.type() + "\n" + sequence + "\n" + payload.encode();
    }

    @Test
    void newsMakeOneVersionAndKafkaNoFurther() {
        TestClient ann = TestClient.join(root, event, passes, "ann");
        JsonObject lists = new JsonObject()
                .put("revision", 7)
                .put("pending", new JsonArray())
                .put("live", new JsonArray().add("ann"));
        JsonObject entered =
                new JsonObject().put("userId", "ann").put("stayId", "s1").put("enteredAt", 1);
        tell(
                event + ":main",
                line(EventType.STAGE_REQUESTED, 1, new JsonObject())
                        + "\n" + line(EventType.STAGE_ENTERED, 2, entered)
                        + "\n" + line(EventType.QUEUE_CHANGED, 3, lists));
        await().until(() -> ann.state().getJsonObject("queue").getLong("revision") == 7);
        assertThat(messages(ann, STAY)).singleElement().asString().contains(LISTS);

        try (TestEvents events = new TestEvents(kafka, event)) {
            events.publish(EventType.STAGE_ENTERED, 2, entered);
            events.publish(EventType.QUEUE_CHANGED, 3, lists);
            // On the same partitions, so that once these are seen the others are done.
            events.enter("end", 10);
            events.publish(EventType.QUEUE_CHANGED, 11, lists.copy().put("revision", 8));
        }
        await().until(() -> ann.state().getJsonObject("stage").containsKey("end")
                && ann.state().getJsonObject("queue").getLong("revision") == 8);
        assertThat(messages(ann, STAY)).hasSize(1);
        assertThat(messages(ann, LISTS)).hasSize(1);
        assertThat(ann.breaches()).isEmpty();
    }

    @Test
    void newsThatCannotBeReadHoldUpNoOthers() {
        TestClient ann = TestClient.join(root, event, passes, "ann");
        tell("nonsense", "");
        tell(event + ":main", EventType.QUEUE_CHANGED.type() + "\nmany\n{}");
        tell(event + ":main", EventType.QUEUE_CHANGED.type() + "\n4\n{\"eventId\":\"other\",\"roomId\":\"main\"}");
        JsonObject lists = new JsonObject()
                .put("revision", 5)
                .put("pending", new JsonArray().add("ben"))
                .put("live", new JsonArray());
        tell(event + ":main", line(EventType.QUEUE_CHANGED, 5, lists));
        await().until(() -> ann.state().getJsonObject("queue").getLong("revision") == 5);
    }
}
