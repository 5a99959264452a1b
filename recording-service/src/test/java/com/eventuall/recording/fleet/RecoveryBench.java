package com.eventuall.recording.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two packaged replicas with the default times: how many vendor calls a running recording costs, and how long after a {@code
 * kill -9} of both, in the middle of vendor calls, every recording carries on. Run by {@code e2e/bench/recording/bench}; its
 * name keeps it out of the normal build.
 */
class RecoveryBench {
    private static final int RUNNING = 40;
    private static final int STRUCK = 20;
    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final Duration GOAL = Duration.ofSeconds(90);
    private static final String CALLS = "eventuall_recording_vendor_calls_total";

    /** Of {@code RecordingConfig}; the test's own are shorter. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "recording.lease", "60s",
            "recording.vendor-timeout", "30s",
            "recording.settle", "5s",
            "recording.sweep-interval", "60s",
            "recording.health-interval", "30s",
            "recording.start-timeout", "60s",
            "recording.asset-poll-max", "60s",
            "recording.reconnect-window", "120s",
            "recording.clip.stay-grace", "5s");

    @Test
    void recoveryAndVendorCalls() {
        try (Fleet fleet = new Fleet(DEFAULTS)) {
            List<Started> running = start(fleet, "running", RUNNING);
            awaitState(fleet, running, "RECORDING");
            double starting = fleet.counted(CALLS) / RUNNING;
            double before = fleet.counted(CALLS);
            await().pollDelay(WATCHED).atMost(WATCHED.multipliedBy(2)).until(() -> true);
            double hours = RUNNING * WATCHED.toMillis() / 3_600_000.0;
            double perHour = (fleet.counted(CALLS) - before) / hours;
            row(
                    "vendor calls per recording hour",
                    perHour,
                    RUNNING + " recordings for " + WATCHED.toSeconds() + " s, webhooks on, sweeps included");
            row("vendor calls to start a recording", starting, "mean, the looks until it runs included");
            recover(fleet, running);
            end(fleet, running);
        }
    }

    /** Struck while Mux makes the stream, while LiveKit starts the egress, or while nothing is under way. */
    private void recover(Fleet fleet, List<Started> running) {
        fleet.vendors.muxFault("createLiveStream", null, STRUCK, "delay", Duration.ofSeconds(5));
        List<Started> struck = start(fleet, "stream", STRUCK);
        await().atMost(Duration.ofSeconds(20)).until(() -> fleet.vendors.armed("createLiveStream") == 0);
        fleet.replicas.forEach(fleet::kill);
        long killed = System.nanoTime();
        fleet.vendors.clearFaults();
        fleet.replicas.forEach(Replica::restart);
        Map<Started, Long> after = new HashMap<>();
        fleet.awaitReady();
        long ready = millisSince(killed);
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    for (Started started : struck) {
                        if (!after.containsKey(started) && fleet.state(started).equals("RECORDING")) {
                            after.put(started, millisSince(killed));
                        }
                    }
                    return after.size() == STRUCK;
                });
        List<Long> sorted = after.values().stream().sorted().toList();
        long p95 = sorted.get((int) Math.ceil(STRUCK * 0.95) - 1);
        row(
                "recovery p50, s",
                sorted.get(STRUCK / 2) / 1000.0,
                STRUCK + " recordings, kill -9 of both replicas during a call, until RECORDING");
        row(
                "recovery p95, s",
                p95 / 1000.0,
                "goal " + GOAL.toSeconds() + "; of which the processes' own restart: " + ready / 1000 + " s");
        assertThat(p95).isLessThanOrEqualTo(GOAL.toMillis());
        assertThat(fleet.vendors.streams()).as("no stream made twice").hasSize(RUNNING + STRUCK);
        running.forEach(started -> assertThat(fleet.state(started)).isEqualTo("RECORDING"));
    }

    private void end(Fleet fleet, List<Started> running) {
        double before = fleet.counted(CALLS);
        running.forEach(fleet::stop);
        awaitState(fleet, running, "READY");
        row("vendor calls to end a recording with one clip", (fleet.counted(CALLS) - before) / RUNNING, "mean");
    }

    private static List<Started> start(Fleet fleet, String name, int count) {
        List<Started> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String roomId = name + "-" + i;
            fleet.enterStage(roomId);
            all.add(new Started(roomId, fleet.start(roomId)));
        }
        return all;
    }

    private static void awaitState(Fleet fleet, List<Started> all, String state) {
        all.forEach(started -> await(started.toString())
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> fleet.state(started), state::equals));
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private static void row(String what, double value, String conditions) {
        System.out.printf("BENCH | %s | %.1f | %s%n", what, value, conditions);
    }
}
