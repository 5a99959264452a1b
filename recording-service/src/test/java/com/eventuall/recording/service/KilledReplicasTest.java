package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * {@code kill -9} and {@code SIGSTOP} of both replicas at every named step, with recordings under way. Takes minutes and
 * the packaged service, so it runs on request: {@code ./mvnw package -DskipTests -pl recording-service -am && ./mvnw test -pl
 * recording-service -am -Dtest=KilledReplicasTest -Dsurefire.failIfNoSpecifiedTests=false -Dkill.recordings=8}.
 */
@EnabledIfSystemProperty(named = "kill.recordings", matches = "\\d+")
class KilledReplicasTest {
    private static final int PER_STEP = Integer.getInteger("kill.recordings", 8);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A vendor call, and whether it comes on the way to a recording or after its stop. */
    private record Step(boolean mux, String operation, boolean afterStop) {}

    private static final List<Step> STEPS = List.of(
            new Step(false, "CreateRoom", false),
            new Step(true, "createLiveStream", false),
            new Step(false, "StartRoomCompositeEgress", false),
            new Step(true, "getLiveStream", false),
            new Step(false, "StopEgress", true),
            new Step(true, "completeLiveStream", true),
            new Step(true, "disableLiveStream", true),
            new Step(true, "listAssets", true),
            new Step(true, "createAsset", true),
            new Step(true, "getAsset", true));

    private record Running(String roomId, String id) {}

    private final List<Running> all = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();

    @Test
    void nothingIsLostDoubledOrLeftBehind() {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        assertThat(Replica.isBuilt()).as("packaged service").isTrue();
        try (Fleet fleet = new Fleet(Map.of())) {
            for (Step step : STEPS) {
                round(fleet, step, random);
            }
            finish(fleet);
            report();
            all.forEach(running -> check(fleet, running));
            assertThat(fleet.vendors.streams()).hasSize(all.size());
        }
    }

    private void round(Fleet fleet, Step step, Random random) {
        List<Running> ours = new ArrayList<>();
        for (int i = 0; i < PER_STEP; i++) {
            String roomId = step.operation() + "-" + i;
            fleet.enterStage(roomId);
            if (!step.afterStop()) {
                trap(fleet, step, random);
            }
            ours.add(new Running(roomId, fleet.start(roomId)));
        }
        all.addAll(ours);
        if (step.afterStop()) {
            ours.forEach(running ->
                    await().atMost(PATIENCE).until(() -> state(fleet, running).equals("RECORDING")));
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
            for (Running running : ours) {
                trap(fleet, step, random);
                fleet.stop(running.roomId(), running.id());
            }
        }
        await().pollDelay(Duration.ofMillis(400 + random.nextInt(800))).until(() -> true);
        boolean pause = random.nextInt(3) == 0;
        strike(fleet, pause);
        Instant struck = Instant.now();
        fleet.vendors.clearFaults();
        fleet.awaitReady();
        ours.forEach(running -> await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> List.of("RECORDING", "READY").contains(state(fleet, running))));
        recoveries.add(Duration.between(struck, Instant.now()).toMillis());
        System.out.printf(
                "%s %s: %d recordings carried on after %d ms%n",
                step.operation(), pause ? "paused" : "killed", PER_STEP, recoveries.get(recoveries.size() - 1));
        ours.forEach(running -> fleet.stop(running.roomId(), running.id()));
    }

    /** The call is caught before its effect or after it, with its caller waiting. */
    private static void trap(Fleet fleet, Step step, Random random) {
        String effect = random.nextBoolean() ? "delay" : "timeout-after-effect";
        Duration delay = Duration.ofMillis(1500);
        if (step.mux()) {
            fleet.vendors.muxFault(step.operation(), null, 1, effect, delay);
        } else {
            fleet.vendors.livekitFault(step.operation(), null, 1, effect, delay);
        }
    }

    /** Kills both, or lets both freeze for longer than their lease. */
    private static void strike(Fleet fleet, boolean pause) {
        if (pause) {
            fleet.replicas.forEach(replica -> replica.process().pause());
            await().pollDelay(Duration.ofSeconds(7)).until(() -> true);
            fleet.replicas.forEach(replica -> replica.process().resume());
        } else {
            fleet.replicas.forEach(replica -> replica.process().kill());
            fleet.replicas.forEach(Replica::restart);
        }
    }

    private void finish(Fleet fleet) {
        for (Running running : all) {
            await().atMost(PATIENCE).until(() -> state(fleet, running).equals("READY"));
        }
        // Two sweeps.
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
    }

    private void report() {
        List<Long> sorted = recoveries.stream().sorted().toList();
        System.out.printf(
                "%d recordings, %d strikes; all carried on after at most %s ms%n", all.size(), sorted.size(), sorted);
    }

    private static String state(Fleet fleet, Running running) {
        return fleet.get(running.roomId(), running.id()).getString("state");
    }

    private static void check(Fleet fleet, Running running) {
        JsonObject view = fleet.get(running.roomId(), running.id());
        Vendors vendors = fleet.vendors;
        assertThat(vendors.streamsOf(running.id()))
                .as(running.toString())
                .extracting(stream -> stream.getString("status"))
                .containsExactly("disabled");
        assertThat(vendors.egressesOf("e1:" + running.roomId()))
                .as(running.toString())
                .allMatch(egress -> List.of("EGRESS_COMPLETE", "EGRESS_ABORTED", "EGRESS_FAILED")
                        .contains(egress.getString("status")));
        List<Object> made = vendors.clipsOf(running.id()).stream()
                .<Object>map(clip -> clip.getString("id"))
                .toList();
        List<Object> known = view.getJsonArray("clips").stream()
                .map(clip -> ((JsonObject) clip).getValue("assetId"))
                .toList();
        assertThat(made)
                .as(running.toString())
                .containsExactlyInAnyOrderElementsOf(known)
                .isNotEmpty();
        assertThat(view.getJsonArray("assets")).as(running.toString()).hasSameSizeAs(vendors.assetsOf(running.id()));
    }
}
