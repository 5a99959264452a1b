package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What a replica leaves behind that was killed while it mirrored a message: a lease that nobody gives back, and the message among
 * the unmirrored ones. And what one does that was stopped for longer than its lease, and goes on.
 */
@QuarkusTest
class MirrorTakeoverTest extends ServiceTest {
    @Inject
    RedisCommands redis;

    @Inject
    ReactionStore store;

    @Test
    void anotherReplicaMirrorsWhenTheLeaseOfADeadOneRunsOut() {
        String conversation = enter("ann");
        String message = twilio.message(conversation, "{}");
        String lease = Shards.key("chat", "mirror", room) + ":" + message;
        redis.send(Command.SET, lease, "a replica that is dead", "PX", "4000")
                .await()
                .indefinitely();

        toggle(message, "ann");

        awaitAttributes(conversation, message, "{\"heart\":[\"ann\"]}");
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !due(new MessageRef(room, conversation, message)));
        assertThat(redis.send(Command.EXISTS, lease).await().indefinitely().toInteger())
                .isZero();
    }

    @Test
    void whatIsWrittenTooLateIsPutRight() {
        String conversation = enter("ann");
        MessageRef message = mirrored(conversation);
        long outdated = version(message) - 1;

        writeOldContent(message);
        store.mirrored(message, outdated).await().indefinitely();

        awaitAttributes(conversation, message.messageSid(), "{\"heart\":[\"ann\",\"bo\"]}");
    }

    @Test
    void whatMayHaveBeenWrittenTooLateIsPutRight() {
        String conversation = enter("ann");
        MessageRef message = mirrored(conversation);

        writeOldContent(message);
        store.postpone(message, Duration.ZERO, true).await().indefinitely();

        awaitAttributes(conversation, message.messageSid(), "{\"heart\":[\"ann\",\"bo\"]}");
    }

    @Test
    void aForgottenMessageStaysForgotten() {
        String conversation = enter("ann");
        MessageRef message = mirrored(conversation);
        long outdated = version(message) - 1;

        store.forget(message).await().indefinitely();
        store.mirrored(message, outdated).await().indefinitely();
        store.postpone(message, Duration.ZERO, true).await().indefinitely();

        assertThat(due(message)).isFalse();
        assertThat(store.read(message).await().indefinitely()).isEmpty();
    }

    /** A message to which ann and then bo have reacted; its attributes say so, and nothing is due. */
    private MessageRef mirrored(String conversation) {
        MessageRef message = new MessageRef(room, conversation, twilio.message(conversation, "{}"));
        toggle(message.messageSid(), "ann");
        toggle(message.messageSid(), "bo");
        awaitAttributes(conversation, message.messageSid(), "{\"heart\":[\"ann\",\"bo\"]}");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !due(message));
        return message;
    }

    private void toggle(String message, String user) {
        as(user).contentType(ContentType.JSON)
                .body(new JsonObject().put("emoji", "heart").encode())
                .post(path + "/chat/messages/" + message + "/reactions")
                .then()
                .statusCode(200);
    }

    /** As a replica does that had read the reactions before bo's. */
    private void writeOldContent(MessageRef message) {
        twilio.post(
                "/Conversations/" + message.conversationSid() + "/Messages/" + message.messageSid(),
                Map.of("Attributes", "{\"reactions\":{\"heart\":[\"ann\"]}}"));
    }

    private void awaitAttributes(String conversation, String message, String reactions) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(twilio.attributes(conversation, message)
                                .getJsonObject("reactions", new JsonObject())
                                .encode())
                        .isEqualTo(reactions));
    }

    private long version(MessageRef message) {
        return store.read(message).await().indefinitely().orElseThrow().version();
    }

    private boolean due(MessageRef message) {
        String member = room.key() + ":" + message.conversationSid() + ":" + message.messageSid();
        return redis.send(Command.ZSCORE, Shards.key("chat", Shards.of(room), "unmirrored"), member)
                        .await()
                        .indefinitely()
                != null;
    }
}
