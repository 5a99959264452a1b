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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What a replica leaves behind that was killed while it mirrored a message: a lease that nobody gives back, and the message among
 * the unmirrored ones.
 */
@QuarkusTest
class MirrorTakeoverTest extends ServiceTest {
    @Inject
    RedisCommands redis;

    @Test
    void anotherReplicaMirrorsWhenTheLeaseOfADeadOneRunsOut() {
        String conversation = enter("ann");
        String message = twilio.message(conversation, "{}");
        String lease = Shards.key("chat", "mirror", room) + ":" + message;
        redis.send(Command.SET, lease, "a replica that is dead", "PX", "4000")
                .await()
                .indefinitely();

        as("ann")
                .contentType(ContentType.JSON)
                .body(new JsonObject().put("emoji", "heart").encode())
                .post(path + "/chat/messages/" + message + "/reactions")
                .then()
                .statusCode(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(twilio.attributes(conversation, message)
                                .getJsonObject("reactions", new JsonObject())
                                .encode())
                        .isEqualTo("{\"heart\":[\"ann\"]}"));
        String unmirrored = Shards.key("chat", Shards.of(room), "unmirrored");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> redis.send(Command.ZCARD, unmirrored)
                                .await()
                                .indefinitely()
                                .toInteger()
                        == 0);
        assertThat(redis.send(Command.EXISTS, lease).await().indefinitely().toInteger())
                .isZero();
    }
}
