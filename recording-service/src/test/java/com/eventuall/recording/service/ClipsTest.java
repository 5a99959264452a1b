package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From stage events to clips at Mux. */
@QuarkusTest
class ClipsTest extends ServiceTest {
    @Infra
    EmbeddedKafka kafka;

    private Topics topics;

    @BeforeEach
    void open() {
        topics = new Topics(kafka.address());
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void everyTimeOnStageBecomesAClipOfWhatWasRecordedThen() {
        enter("early", "1:1", Instant.now().minusSeconds(60));
        String id = startedRecording();
        Instant annEnters = recordingPast(id, 0.3);
        enter("ann", "1:2", annEnters);
        Instant annLeaves = recordingPast(id, 1.8);
        exit("ann", "1:2", annEnters, annLeaves);
        recordingPast(id, 2.2);
        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED");

        JsonObject asset = vendors.assetsOf(id).get(0);
        Instant origin = origin(asset);
        List<Map<String, Object>> clips = ready.getList("clips");
        assertThat(clips).extracting(c -> c.get("userId")).containsExactlyInAnyOrder("ann", "early");
        assertThat(clips).extracting(c -> c.get("state")).containsOnly("READY");
        Map<String, Object> ann = clip(clips, "ann");
        assertThat(seconds(ann, "start")).isCloseTo(between(origin, annEnters), within(0.002));
        assertThat(seconds(ann, "end")).isCloseTo(between(origin, annLeaves), within(0.002));
        Map<String, Object> early = clip(clips, "early");
        assertThat(seconds(early, "start")).isZero();
        assertThat(seconds(early, "end")).isCloseTo(asset.getDouble("duration"), within(0.002));
        assertAtMux(id, clips);
    }

    /** What Mux was asked for is what we say, once each. */
    private void assertAtMux(String id, List<Map<String, Object>> clips) {
        assertThat(vendors.clipsOf(id)).hasSize(clips.size());
        for (Map<String, Object> clip : clips) {
            JsonObject made = vendors.clipsOf(id).stream()
                    .filter(c -> c.getString("id").equals(clip.get("assetId")))
                    .findFirst()
                    .orElseThrow();
            JsonObject input = made.getJsonArray("inputs").getJsonObject(0);
            assertThat(input.getDouble("start_time")).isCloseTo(seconds(clip, "start"), within(0.0005));
            assertThat(input.getDouble("end_time")).isCloseTo(seconds(clip, "end"), within(0.0005));
            assertThat(made.getString("source_asset_id"))
                    .isEqualTo(vendors.assetsOf(id).get(0).getString("id"));
        }
    }

    @Test
    void aClipThatErrsIsTriedThriceThenFailedWithAReasonAndCanBeRetried() {
        enter("ann", "1:1", Instant.now().minusSeconds(60));
        String id = startedRecording();
        recordingPast(id, 1.3);
        vendors.muxFault("clip", id, 3, "clip-errored", Duration.ZERO);
        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED");
        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(ready.getString("clips[0].state")).isEqualTo("FAILED");
        assertThat(ready.getString("clips[0].reason")).isEqualTo("vendor-error");
        assertThat(vendors.clipsOf(id)).isEmpty();

        String clipId = ready.getString("clips[0].id");
        as(Role.MODERATOR)
                .post(path() + "/" + id + "/clips/" + clipId + "/retry")
                .then()
                .statusCode(202);
        await().atMost(SOON).until(() -> get(id).getString("clips[0].state").equals("READY"));
        assertThat(get(id).getString("clips[0].id")).isEqualTo(clipId);
        assertThat(get(id).getString("clips[0].reason")).isNull();
        assertThat(vendors.clipsOf(id)).hasSize(1);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(topics.read(EventType.CLIP_FAILED, room())).hasSize(1);
            assertThat(topics.read(EventType.CLIP_READY, room())).hasSize(1);
        });
    }

    @Test
    void anUncertainClipIsMadeOnce() {
        enter("ann", "1:1", Instant.now().minusSeconds(60));
        enter("bob", "1:2", Instant.now().minusSeconds(60));
        String id = startedRecording();
        recordingPast(id, 1.3);
        vendors.muxFault("createAsset", id, 1, "timeout-after-effect", Duration.ofSeconds(10));
        vendors.muxFault("createAsset", id, 1, "error-after-effect", Duration.ZERO);
        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED");
        assertThat(ready.getList("clips.state")).containsOnly("READY").hasSize(2);
        assertThat(vendors.clipsOf(id)).hasSize(2);
    }

    @Test
    void anExitThatComesAfterTheClipsReplacesTheClipThatWasWrong() {
        Instant entered = Instant.now().minusSeconds(60);
        enter("ann", "1:1", entered);
        String id = startedRecording();
        Instant left = recordingPast(id, 1.3);
        recordingPast(id, 2.0);
        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED");
        double whole = ready.getDouble("clips[0].end");

        exit("ann", "1:1", entered, left);
        exit("ann", "1:1", entered, left);

        await().atMost(SOON)
                .until(() -> get(id).getList("clips").size() == 1
                        && get(id).getDouble("clips[0].end") < whole - 0.3
                        && get(id).getString("clips[0].state").equals("READY"));
        assertThat(get(id).getDouble("clips[0].end"))
                .isCloseTo(between(origin(vendors.assetsOf(id).get(0)), left), within(0.002));
        await().atMost(SOON).until(() -> vendors.clipsOf(id).size() == 1);
    }

    private void enter(String user, String stayId, Instant at) {
        topics.publish(
                EventType.STAGE_ENTERED, room(), new StageEntered("e1", roomId, user, stayId, at.toEpochMilli()));
    }

    private void exit(String user, String stayId, Instant entered, Instant left) {
        topics.publish(
                EventType.STAGE_EXITED,
                room(),
                new StageExited("e1", roomId, user, stayId, entered.toEpochMilli(), left.toEpochMilli(), "demoted"));
    }

    /** Waits until the recording shows more than so many seconds, and answers that moment. */
    private Instant recordingPast(String id, double seconds) {
        long startedAt = get(id).getLong("startedAt");
        Instant moment = Instant.ofEpochMilli(startedAt + Math.round(seconds * 1000));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !Instant.now().isBefore(moment));
        return moment;
    }

    private static Instant origin(JsonObject asset) {
        return OffsetDateTime.parse(
                        asset.getJsonArray("recording_times").getJsonObject(0).getString("started_at"))
                .toInstant();
    }

    private static double between(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static Map<String, Object> clip(List<Map<String, Object>> clips, String user) {
        return clips.stream()
                .filter(c -> user.equals(c.get("userId")))
                .findFirst()
                .orElseThrow();
    }

    private static double seconds(Map<String, Object> clip, String field) {
        return ((Number) clip.get(field)).doubleValue();
    }
}
