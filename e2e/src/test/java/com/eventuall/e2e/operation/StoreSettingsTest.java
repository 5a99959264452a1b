package com.eventuall.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.e2e.EventLog;
import com.eventuall.e2e.RoomView;
import com.eventuall.e2e.Socket;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The settings that docs/operations.md names for stores with TLS and passwords, and for Redis behind sentinels, work. */
@Tag("on-request")
class StoreSettingsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ROOM = "/v1/events/e1/rooms/main";

    private static RunDirectory run;
    private static SecuredStores stores;
    private static final PassIssuer PASSES = PassIssuer.create();

    @BeforeAll
    static void start() {
        // The broker in this JVM tells much.
        for (String logger : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
            java.util.logging.Logger.getLogger(logger).setLevel(java.util.logging.Level.WARNING);
        }
        run = RunDirectory.create();
        stores = new SecuredStores(run);
    }

    @AfterAll
    static void stop() {
        stores.close();
        run.close();
    }

    @Test
    void redisOverTlsWithPasswordAndKafkaOverTlsWithScram() {
        try (ServiceProcess presence =
                        new ServiceProcess(run, "presence", "presence-service", PASSES, stores.environment());
                EventLog events = new EventLog(stores.openKafka());
                Socket ann = open(presence)) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(events.users("e1:main", "participant-connected"))
                            .contains("ann"));
            publishStageEntered();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(RoomView.of(ann.messages())
                                    .state()
                                    .at("/stage/ann/stayId")
                                    .asText())
                            .isEqualTo("1:1"));
        }
    }

    @Test
    void postgresOverTls() throws Exception {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + stores.postgresPort() + "/recording?sslmode=disable",
                        "eventuall",
                        "x"))
                .hasMessageContaining("no encryption");
        Map<String, String> environment = new HashMap<>(stores.environment());
        // Nobody answers there; that is not looked at before a recording has been written down.
        environment.put("LIVEKIT_API_URL", "http://127.0.0.1:1");
        environment.put("LIVEKIT_URL", "ws://127.0.0.1:1");
        environment.put("LIVEKIT_API_KEY", "key");
        environment.put("LIVEKIT_API_SECRET", "a-secret-that-is-long-enough-for-hs256");
        environment.put("MUX_BASE_URL", "http://127.0.0.1:1");
        environment.put("MUX_TOKEN_ID", "id");
        environment.put("MUX_TOKEN_SECRET", "secret");
        environment.put("MUX_WEBHOOK_SECRET", "secret");
        environment.put("RECORDING_ENCRYPTION_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        try (ServiceProcess recording =
                new ServiceProcess(run, "recording", "recording-service", PASSES, environment)) {
            HttpRequest request = HttpRequest.newBuilder(recording.origin().resolve(ROOM + "/recordings"))
                    .header("Authorization", "Bearer " + PASSES.issue(PassRequest.moderator("e1", "mo")))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            HttpResponse<String> started = recording.http().send(request, BodyHandlers.ofString());
            assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        }
    }

    @Test
    void redisBehindSentinels() {
        RedisProcess primary = RedisProcess.plain(run);
        primary.start();
        RedisProcess sentinel = RedisProcess.sentinel(run, primary);
        sentinel.start();
        Map<String, String> environment = Map.of(
                "QUARKUS_REDIS_CLIENT_TYPE",
                "sentinel",
                "QUARKUS_REDIS_MASTER_NAME",
                "eventuall",
                "QUARKUS_REDIS_HOSTS",
                "redis://" + sentinel.address(),
                "KAFKA_BOOTSTRAP_SERVERS",
                stores.openKafka());
        try (ServiceProcess presence =
                        new ServiceProcess(run, "presence-sentinel", "presence-service", PASSES, environment);
                Socket ann = open(presence);
                Socket again = open(presence)) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(List.of(ann, again))
                            .allSatisfy(socket -> assertThat(
                                            RoomView.of(socket.messages()).status("ann"))
                                    .isEqualTo("online")));
        } finally {
            sentinel.stop();
            primary.stop();
        }
    }

    private static Socket open(ServiceProcess presence) {
        String url = presence.origin().toString().replaceFirst("^http", "ws") + ROOM + "/presence";
        return Socket.open(presence.http(), url, "presence.v1", PASSES.issue(PassRequest.participant("e1", "ann")));
    }

    private static void publishStageEntered() {
        EventType type = EventType.STAGE_ENTERED;
        String payload =
                "{\"eventId\":\"e1\",\"roomId\":\"main\",\"userId\":\"ann\",\"stayId\":\"1:1\",\"enteredAt\":1}";
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(type.topic(), "e1:main", payload.getBytes(StandardCharsets.UTF_8));
        Map.of(
                        EventHeaders.ID, UUID.randomUUID().toString(),
                        EventHeaders.TYPE, type.type(),
                        EventHeaders.SOURCE, type.source(),
                        EventHeaders.SUBJECT, "e1:main",
                        EventHeaders.SEQUENCE, "1")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        Map<String, Object> settings = Map.of("bootstrap.servers", stores.openKafka());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
