package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How long after a {@code kill -9} recordings carry on with the default lease; on request, as {@link KilledReplicasTest}. */
@EnabledIfSystemProperty(named = "kill.recordings", matches = "\\d+")
class RecoveryTimeTest {
    private static final int RECORDINGS = 20;

    @Test
    void withDefaultLeasesEveryRecordingCarriesOnWithin90Seconds() {
        Map<String, String> defaults =
                Map.of("recording.lease", "60s", "recording.vendor-timeout", "30s", "recording.settle", "5s");
        try (Fleet fleet = new Fleet(defaults)) {
            Map<String, String> ids = new HashMap<>();
            fleet.vendors.muxFault("createLiveStream", null, RECORDINGS, "delay", Duration.ofSeconds(3));
            IntStream.range(0, RECORDINGS).forEach(i -> ids.put("room-" + i, fleet.start("room-" + i)));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ids.entrySet().stream()
                            .allMatch(e -> fleet.get(e.getKey(), e.getValue())
                                    .getString("state")
                                    .equals("CREATING_STREAM")));
            fleet.replicas.forEach(replica -> replica.process().kill());
            Instant killed = Instant.now();
            fleet.replicas.forEach(Replica::restart);
            fleet.vendors.clearFaults();
            fleet.awaitReady();
            long ready = Duration.between(killed, Instant.now()).toMillis();
            Map<String, Long> after = new HashMap<>();
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> {
                        ids.forEach((room, id) -> {
                            if (!after.containsKey(room)
                                    && !fleet.get(room, id).getString("state").equals("CREATING_STREAM")) {
                                after.put(
                                        room,
                                        Duration.between(killed, Instant.now()).toMillis());
                            }
                        });
                        return after.size() == RECORDINGS;
                    });
            long p95 = after.values().stream().sorted().toList().get(RECORDINGS * 95 / 100 - 1);
            System.out.printf("processes back after %d ms, recordings carry on: p95 %d ms, %s%n", ready, p95, after);
            assertThat(p95).isLessThanOrEqualTo(90_000);
            assertThat(fleet.vendors.streams()).hasSize(RECORDINGS);
        }
    }
}
