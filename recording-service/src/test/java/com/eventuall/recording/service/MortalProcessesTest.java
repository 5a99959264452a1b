package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import com.eventuall.recording.LiveKitPort;
import com.eventuall.recording.MuxPort;
import com.eventuall.recording.RecordingRules;
import com.eventuall.recording.RecordingStore;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Recordings on real PostgreSQL and against the sandboxes, worked on by processes that keep dying and freezing beside one
 * that does not, while the vendors time out after the effect, answer 429 and 5xx, and lose and repeat webhooks.
 */
@QuarkusTest
class MortalProcessesTest extends ServiceTest {
    private static final int RECORDINGS = Integer.getInteger("mortal.recordings", 25);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Infra
    EmbeddedKafka kafka;

    @Inject
    RecordingStore store;

    @Inject
    LiveKitPort liveKit;

    @Inject
    MuxPort mux;

    @Inject
    RecordingRules rules;

    @Test
    void nothingIsLostDoubledOrLeftBehind() {
        long seed = Long.getLong("mortal.seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        int streamsBefore = vendors.streams().size();
        List<MortalProcess> mortals = Stream.generate(
                        () -> new MortalProcess(store, liveKit, mux, rules, random.nextLong()))
                .limit(4)
                .toList();
        mortals.forEach(MortalProcess::run);
        Map<String, String> recordings = begin(random);
        recordings.forEach((room, id) -> {
            roomId = room;
            awaitPatiently(id, "RECORDING");
        });
        recordings.forEach((room, id) -> {
            roomId = room;
            trouble(random);
            stop(id);
        });
        await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
        mortals.forEach(MortalProcess::stop);
        vendors.clearFaults();
        recordings.forEach((room, id) -> {
            roomId = room;
            assertThat(awaitPatiently(id, "READY", "FAILED", "CANCELLED").getString("state"))
                    .isEqualTo("READY");
        });
        System.out.printf(
                "%d recordings, %d deaths, %d freezes%n",
                RECORDINGS,
                mortals.stream().mapToInt(MortalProcess::deaths).sum(),
                mortals.stream().mapToInt(MortalProcess::freezes).sum());
        assertThat(mortals.stream().mapToInt(MortalProcess::deaths).sum()).isGreaterThan(RECORDINGS / 2);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> recordings.forEach((room, id) -> checkAtVendors(room, id)));
        assertThat(vendors.streams()).hasSize(streamsBefore + RECORDINGS);
    }

    private Map<String, String> begin(Random random) {
        Map<String, String> recordings = new LinkedHashMap<>();
        try (Topics topics = new Topics(kafka.address())) {
            for (int i = 0; i < RECORDINGS; i++) {
                roomId = "mortal-" + seedless(random) + "-" + i;
                long now = Instant.now().toEpochMilli();
                topics.publish(EventType.STAGE_ENTERED, room(), new StageEntered("e1", roomId, "ann", "1:1", now));
                trouble(random);
                recordings.put(roomId, start());
            }
        }
        return recordings;
    }

    private static String seedless(Random random) {
        return Long.toString(random.nextLong() & 0xffffff, 36);
    }

    /** One more thing that goes wrong at the vendors. */
    private void trouble(Random random) {
        String[] effects = {"error", "error-after-effect", "timeout-after-effect", "delay"};
        String effect = effects[random.nextInt(effects.length)];
        Duration delay = Duration.ofMillis(effect.equals("delay") ? 1000 : 8000);
        String[] muxCalls = {"createLiveStream", "createAsset", "completeLiveStream", "disableLiveStream", "getAsset"};
        String[] liveKitCalls = {"StartRoomCompositeEgress", "StopEgress", "ListEgress", "CreateRoom"};
        switch (random.nextInt(3)) {
            case 0 -> vendors.muxFault(muxCalls[random.nextInt(muxCalls.length)], null, 1, effect, delay);
            case 1 -> vendors.livekitFault(liveKitCalls[random.nextInt(liveKitCalls.length)], null, 1, effect, delay);
            default -> vendors.muxError(muxCalls[random.nextInt(muxCalls.length)], 1, 429, 1);
        }
    }

    private JsonPath awaitPatiently(String id, String... states) {
        return await().pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(() -> get(id), view -> List.of(states).contains(view.getString("state")));
    }

    private void checkAtVendors(String room, String id) {
        roomId = room;
        assertThat(vendors.streamsOf(id))
                .extracting(stream -> stream.getString("status"))
                .containsExactly("disabled");
        assertThat(vendors.egressesOf(room()))
                .noneMatch(egress -> List.of("EGRESS_STARTING", "EGRESS_ACTIVE").contains(egress.getString("status")));
        List<Object> known = get(id).getList("clips.assetId");
        assertThat(vendors.clipsOf(id))
                .extracting(clip -> (Object) clip.getString("id"))
                .containsExactlyInAnyOrderElementsOf(known)
                .isNotEmpty();
        assertThat(get(id).getList("assets")).hasSameSizeAs(vendors.assetsOf(id));
    }
}
