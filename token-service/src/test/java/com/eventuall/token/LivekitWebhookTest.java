package com.eventuall.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import io.livekit.server.AccessToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LivekitWebhookTest extends ServiceTest {
    private static final String KEY = "APItest";
    private static final String SECRET = "a-secret-of-the-tests-with-32-bytes-and-more";

    @Infra
    EmbeddedKafka kafka;

    @Test
    void signedEventIsPublishedOnceUnderItsRoom() throws Exception {
        String id = "EV_" + UUID.randomUUID();
        String body = event(id, "e1:main");
        for (int i = 0; i < 3; i++) {
            assertThat(post(body, signature(KEY, SECRET, body)).statusCode()).isEqualTo(204);
        }
        String last = "EV_" + UUID.randomUUID();
        String marker = event(last, "e1:main");
        post(marker, signature(KEY, SECRET, marker));

        List<ConsumerRecord<String, byte[]>> records = published(last);
        List<ConsumerRecord<String, byte[]>> ours = records.stream()
                .filter(record -> header(record, EventHeaders.ID).equals(id))
                .toList();
        assertThat(ours).hasSize(1);
        ConsumerRecord<String, byte[]> record = ours.get(0);
        assertThat(record.key()).isEqualTo("e1:main");
        assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(header(record, EventHeaders.TYPE)).isEqualTo("com.eventuall.livekit.event.v1");
        assertThat(header(record, EventHeaders.SOURCE)).isEqualTo("/eventuall/token-service");
        assertThat(header(record, EventHeaders.SUBJECT)).isEqualTo("e1:main");
        assertThat(header(record, EventHeaders.SPEC_VERSION)).isEqualTo("1.0");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
    }

    @Test
    void olderKeyIsAcceptedWhileKeysAreRotated() throws Exception {
        String body = event("EV_" + UUID.randomUUID(), "e1:main");
        assertThat(post(body, signature("APIold", "an-older-secret-of-the-tests-with-32-bytes", body))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void roomOfSomebodyElseIsAcceptedAndDropped() throws Exception {
        String body = event("EV_" + UUID.randomUUID(), "not one of ours");
        assertThat(post(body, signature(KEY, SECRET, body)).statusCode()).isEqualTo(204);
    }

    @Test
    void forgeriesAreRefused() throws Exception {
        String body = event("EV_" + UUID.randomUUID(), "e1:main");
        String good = signature(KEY, SECRET, body);
        Instant now = Instant.now();
        List<Response> refused = List.of(
                given().contentType("application/webhook+json").body(body).post("/v1/webhooks/livekit"),
                post(body.replace("e1:main", "e1:side"), good),
                post(body + " ", good),
                post(body, "Bearer " + good),
                post(body, good.substring(0, good.length() - 2)),
                post(body, signature("APIother", SECRET, body)),
                post(body, signature(KEY, "not-the-secret-but-also-32-bytes-long!", body)),
                post(body, token(KEY, SECRET, digest(body), now.minusSeconds(600), now.minusSeconds(120))),
                post(body, token(KEY, SECRET, digest(body), now.plusSeconds(120), now.plusSeconds(600))),
                post(body, token(KEY, SECRET, null, now, now.plusSeconds(60))),
                post(body, "garbage"));
        assertThat(refused).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.jsonPath().getString("code")).isEqualTo("signature-invalid");
        });
    }

    @Test
    void clockOfLivekitMayBeAheadALittle() throws Exception {
        String body = event("EV_" + UUID.randomUUID(), "e1:main");
        Instant now = Instant.now();
        String ahead = token(KEY, SECRET, digest(body), now.plusSeconds(30), now.plusSeconds(330));
        assertThat(post(body, ahead).statusCode()).isEqualTo(204);
    }

    @Test
    void signedNonsenseIsABadRequest() throws Exception {
        for (String body : List.of("{", "[]", "null", "{}", "{\"event\":\"x\"}", "7")) {
            Response response = post(body, signature(KEY, SECRET, body));
            assertThat(response.statusCode()).as(body).isEqualTo(400);
        }
    }

    private static Response post(String body, String authorization) {
        return given().header("Authorization", authorization)
                .contentType("application/webhook+json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/webhooks/livekit");
    }

    private static String event(String id, String room) {
        return "{\"event\":\"track_published\",\"id\":\"" + id + "\",\"createdAt\":\"1795377600\",\"room\":{\"name\":\""
                + room + "\"},\"participant\":{\"identity\":\"u-1\"},\"track\":{\"sid\":\"TR_1\"}}";
    }

    private static String signature(String key, String secret, String body) throws Exception {
        Instant now = Instant.now();
        return token(key, secret, digest(body), now, now.plusSeconds(300));
    }

    private static String digest(String body) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String token(
            String key, String secret, @org.jspecify.annotations.Nullable String digest, Instant from, Instant until) {
        AccessToken token = new AccessToken(key, secret);
        if (digest != null) {
            token.setSha256(digest);
        }
        token.setNotBefore(Date.from(from));
        token.setExpiration(Date.from(until));
        return token.toJwt();
    }

    private List<ConsumerRecord<String, byte[]>> published(String lastId) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.address(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("livekit-events"));
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.stream()
                        .anyMatch(record -> header(record, EventHeaders.ID).equals(lastId));
            });
            return records;
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
