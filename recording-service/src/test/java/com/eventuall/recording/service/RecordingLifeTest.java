package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.RecordingChanged;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RecordingLifeTest extends ServiceTest {

    @Infra
    EmbeddedKafka kafka;

    @Test
    void aRecordingRunsStopsAndIsReadyWithOneStreamOneEgressAndOneAsset() {
        String id = startedRecording();
        assertThat(get(id).getString("playbackUrl")).startsWith("https://stream.mux.com/");

        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED");

        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(ready.getString("reason")).isNull();
        assertThat(vendors.streamsOf(id)).hasSize(1);
        assertThat(vendors.streamsOf(id).get(0).getString("status")).isEqualTo("disabled");
        assertThat(vendors.streamsOf(id).get(0).getString("latency_mode")).isEqualTo("standard");
        assertThat(vendors.egressesOf(room()))
                .extracting(e -> e.getString("status"))
                .containsExactly("EGRESS_COMPLETE");
        assertThat(vendors.assetsOf(id)).hasSize(1);
        JsonObject asset = vendors.assetsOf(id).get(0);
        assertThat(ready.getString("assets[0].id")).isEqualTo(asset.getString("id"));
        assertThat(ready.getDouble("assets[0].duration")).isEqualTo(asset.getDouble("duration"));
    }

    @Test
    void lowLatencyAndLayoutReachTheVendors() {
        String id = as(Role.MODERATOR)
                .body("{\"lowLatency\":true,\"layout\":\"speaker-light\"}")
                .post(path())
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        awaitState(id, "RECORDING");
        assertThat(vendors.streamsOf(id).get(0).getString("latency_mode")).isEqualTo("low");
        assertThat(vendors.streamsOf(id).get(0).getInteger("reconnect_window")).isEqualTo(6);
        assertThat(vendors.egressesOf(room())
                        .get(0)
                        .getJsonObject("room_composite")
                        .getString("layout"))
                .isEqualTo("speaker-light");
        stop(id);
        awaitState(id, "READY");
    }

    @Test
    void tenStartsAtOnceAreOneRecording() {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        CompletableFuture.allOf(IntStream.range(0, 10)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> ids.add(start())))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertThat(ids).hasSize(1);
        String id = ids.iterator().next();
        awaitState(id, "RECORDING");
        assertThat(start()).isEqualTo(id);
        assertThat(vendors.streamsOf(id)).hasSize(1);
        assertThat(vendors.egressesOf(room())).hasSize(1);
        stop(id);
        stop(id);
        awaitState(id, "READY");
    }

    @Test
    void afterAStopTheRoomCanBeRecordedAgain() {
        String first = startedRecording();
        stop(first);
        String second = start();
        assertThat(second).isNotEqualTo(first);
        awaitState(second, "RECORDING");
        stop(second);
        awaitState(first, "READY");
        awaitState(second, "READY");
        assertThat(as(Role.PARTICIPANT).get(path()).jsonPath().getList("recordings.id"))
                .containsExactly(second, first);
    }

    @Test
    void everyChangeIsAnEventWithTheStateOfItsMomentAndARisingSequence() throws Exception {
        String id = startedRecording();
        stop(id);
        awaitState(id, "READY");

        try (Topics topics = new Topics(kafka.address())) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(topics.read(EventType.RECORDING_READY, room()))
                            .hasSize(1));
            RecordingChanged started = payload(topics.read(EventType.RECORDING_STARTED, room()));
            RecordingChanged stopped = payload(topics.read(EventType.RECORDING_STOPPED, room()));
            RecordingChanged ready = payload(topics.read(EventType.RECORDING_READY, room()));
            assertThat(started.recordingId()).isEqualTo(id);
            assertThat(started.state()).isEqualTo("RECORDING");
            assertThat(started.startedAt()).isNotNull();
            assertThat(started.playbackUrl()).isNotNull();
            assertThat(stopped.state()).isEqualTo("STOPPING");
            assertThat(stopped.endedAt()).isGreaterThanOrEqualTo(started.startedAt());
            assertThat(ready.state()).isEqualTo("READY");
            assertThat(ready.reason()).isNull();
            List<Long> sequences = List.of(
                    sequence(topics.read(EventType.RECORDING_STARTED, room())),
                    sequence(topics.read(EventType.RECORDING_STOPPED, room())),
                    sequence(topics.read(EventType.RECORDING_READY, room())));
            assertThat(sequences).containsExactly(1L, 2L, 3L);
        }
    }

    private static RecordingChanged payload(List<ConsumerRecord<String, byte[]>> records) throws Exception {
        assertThat(records).hasSize(1);
        return new ObjectMapper().readValue(records.get(0).value(), RecordingChanged.class);
    }

    private static long sequence(List<ConsumerRecord<String, byte[]>> records) {
        byte[] value = records.get(0).headers().lastHeader("ce_sequence").value();
        return Long.parseLong(new String(value, StandardCharsets.UTF_8));
    }
}
