package com.eventuall.recording.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Scripted recordings on two packaged replicas that are killed ({@code kill -9}), frozen ({@code SIGSTOP}, longer than
 * their lease) and stopped ({@code SIGTERM}) in the middle of every named call and at random, while the vendors time out after the effect, answer 429 and
 * 5xx, and lose and repeat webhooks. Prints one line of figures; every figure that promises nothing must be zero.
 *
 * <p>The build runs a short form. The long one takes about ten minutes a mode: {@code ./mvnw -pl recording-service -am verify
 * -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=FaultRunIT -Dfaults.recordings=100 -Dfaults.strikes=20
 * -Dfaults.mode=kill}, and the same with {@code freeze}.
 */
class FaultRunIT {
    private static final int STRIKES = Integer.getInteger("faults.strikes", 4);
    private static final int PER_STRIKE = Math.max(1, Integer.getInteger("faults.recordings", 12) / STRIKES);
    private static final String MODE = System.getProperty("faults.mode", "all");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Caught calls answer, or break off, after this long; below the vendor timeout of the replicas. */
    private static final Duration HELD = Duration.ofMillis(1500);

    /** Longer than the lease of the replicas. */
    private static final Duration FROZEN = Duration.ofSeconds(8);

    /** A vendor call to strike at, and whether it comes on the way to a recording or after its stop. */
    private record Step(String operation, boolean mux, boolean afterStop) {
        /** Strikes whenever it happens. */
        static final String AT_RANDOM = "at random";
    }

    private static final List<Step> STEPS = List.of(
            new Step("CreateRoom", false, false),
            new Step("createLiveStream", true, false),
            new Step("listLiveStreams", true, false),
            new Step("StartRoomCompositeEgress", false, false),
            new Step("ListEgress", false, false),
            new Step("getLiveStream", true, false),
            new Step("StopEgress", false, true),
            new Step("completeLiveStream", true, true),
            new Step("disableLiveStream", true, true),
            new Step("listAssets", true, true),
            new Step("createAsset", true, true),
            new Step("getAsset", true, true));

    private final long seed = Long.getLong("faults.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Started> all = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();
    private int kills;
    private int freezes;
    private int stops;

    @Test
    void nothingIsLostDoubledOrLeftBehind() {
        System.out.println("seed " + seed);
        assertThat(Replica.isBuilt()).as("packaged service").isTrue();
        try (Fleet fleet = new Fleet(Map.of());
                FenceAudit audit = fleet.audit()) {
            for (Step step : steps()) {
                round(fleet, step);
            }
            all.forEach(started -> await().atMost(PATIENCE)
                    .until(
                            () -> fleet.state(started),
                            state -> List.of("READY", "FAILED").contains(state)));
            Instant over = Instant.now();
            Verdict verdict = await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> Verdict.of(fleet, all),
                            found -> found.orphans() == 0 && found.lost().isEmpty());
            long swept = Duration.between(over, Instant.now()).toMillis();
            Secrets secrets = Secrets.search(fleet, all);
            report(fleet, verdict, audit.acceptedFromFormerOwners(), swept);
            System.out.printf(
                    "SECRETS: %d looked for in %d characters of logs, events and answers, %d found%n",
                    secrets.known(), secrets.searched(), secrets.leaked().size());
            assertThat(secrets.leaked()).as("credentials").isEmpty();
            assertThat(verdict.lost()).as("lost").isEmpty();
            assertThat(verdict.duplicates()).as("duplicates").isEmpty();
            assertThat(audit.acceptedFromFormerOwners())
                    .as("fenced writes accepted")
                    .isZero();
            assertThat(audit.claims()).as("claims seen by the audit").isGreaterThanOrEqualTo(all.size());
            audit.writeAsStranger(all.get(0).id());
            assertThat(audit.acceptedFromFormerOwners())
                    .as("a write past the fence, which the audit must see")
                    .isEqualTo(1);
        }
    }

    /** Every named step in random order, then strikes at random; fewer when fewer strikes are asked for. */
    private List<Step> steps() {
        List<Step> steps = new ArrayList<>(STEPS);
        Collections.shuffle(steps, random);
        while (steps.size() < STRIKES) {
            steps.add(new Step(Step.AT_RANDOM, false, random.nextBoolean()));
        }
        return steps.subList(0, STRIKES);
    }

    private void round(Fleet fleet, Step step) {
        List<Started> ours = new ArrayList<>();
        boolean named = !step.operation().equals(Step.AT_RANDOM);
        trouble(fleet);
        if (named && !step.afterStop()) {
            trap(fleet, step);
        }
        for (int i = 0; i < PER_STRIKE; i++) {
            String roomId = "r" + all.size();
            fleet.enterStage(roomId);
            Started started = new Started(roomId, fleet.start(roomId));
            webhookTrouble(fleet, started);
            ours.add(started);
            all.add(started);
        }
        if (step.afterStop()) {
            ours.forEach(started -> awaitContent(fleet, started));
            if (named) {
                trap(fleet, step);
            }
            ours.forEach(fleet::stop);
        }
        if (named) {
            await(step.operation())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> fleet.vendors.armed(step.operation()) < PER_STRIKE);
        }
        pause(Duration.ofMillis(random.nextInt(named ? 1000 : 4000)));
        String what = strike(fleet);
        Instant struck = Instant.now();
        fleet.vendors.clearFaults();
        fleet.awaitReady();
        ours.forEach(started -> await(started.toString())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> List.of("RECORDING", "READY", "FAILED").contains(fleet.state(started))));
        recoveries.add(Duration.between(struck, Instant.now()).toMillis());
        System.out.printf(
                "%s: %s; %d recordings carried on after %d ms%n",
                step.operation(), what, PER_STRIKE, recoveries.get(recoveries.size() - 1));
        if (!step.afterStop()) {
            ours.forEach(started -> awaitContent(fleet, started));
            ours.forEach(fleet::stop);
        }
    }

    /** Calls are caught before their effect or after it, with their caller waiting. */
    private void trap(Fleet fleet, Step step) {
        for (int i = 0; i < PER_STRIKE; i++) {
            String effect = random.nextBoolean() ? "delay" : "timeout-after-effect";
            if (step.mux()) {
                fleet.vendors.muxFault(step.operation(), null, 1, effect, HELD);
            } else {
                fleet.vendors.livekitFault(step.operation(), null, 1, effect, HELD);
            }
        }
    }

    /** At most two failures of one operation a round: three of one call in a row would rightly fail a recording. */
    private void trouble(Fleet fleet) {
        for (String operation : List.of("createLiveStream", "createAsset", "completeLiveStream", "getAsset")) {
            switch (random.nextInt(5)) {
                case 0 -> fleet.vendors.muxError(operation, 2, 429, 1);
                case 1 -> fleet.vendors.muxError(operation, 2, 500 + random.nextInt(4), null);
                case 2 -> fleet.vendors.muxFault(operation, null, 1, "error-after-effect", Duration.ZERO);
                case 3 -> fleet.vendors.muxFault(operation, null, 1, "timeout-after-effect", Duration.ofSeconds(6));
                default -> {}
            }
        }
        for (String operation : List.of("StartRoomCompositeEgress", "StopEgress", "CreateRoom")) {
            switch (random.nextInt(4)) {
                case 0 -> fleet.vendors.livekitFault(operation, null, 2, "error", Duration.ZERO);
                case 1 -> fleet.vendors.livekitFault(operation, null, 1, "error-after-effect", Duration.ZERO);
                case 2 -> fleet.vendors.livekitFault(operation, null, 1, "timeout-after-effect", Duration.ofSeconds(6));
                default -> {}
            }
        }
    }

    private void webhookTrouble(Fleet fleet, Started started) {
        String[] effects = {"drop-webhook", "duplicate-webhook", "delay"};
        fleet.vendors.muxWebhookFault(started.id(), 1 + random.nextInt(6), effects[random.nextInt(effects.length)]);
    }

    /** Kills, freezes or, unless one of these is asked for, stops one replica or both. */
    private String strike(Fleet fleet) {
        List<Replica> hit = new ArrayList<>(fleet.replicas);
        Collections.shuffle(hit, random);
        if (random.nextInt(3) > 0) {
            hit = hit.subList(0, 1);
        }
        String how = MODE.equals("all") ? List.of("kill", "freeze", "stop").get(random.nextInt(3)) : MODE;
        switch (how) {
            case "kill" -> {
                kills++;
                hit.forEach(fleet::kill);
                hit.forEach(Replica::restart);
            }
            case "freeze" -> {
                freezes++;
                hit.forEach(replica -> replica.process().pause());
                pause(FROZEN);
                hit.forEach(replica -> replica.process().resume());
            }
            case "stop" -> {
                stops++;
                hit.forEach(fleet::stop);
                hit.forEach(Replica::restart);
            }
            default -> throw new IllegalArgumentException("faults.mode is kill, freeze, stop or all");
        }
        return how + " of " + hit.size();
    }

    /** Long enough that the person on stage gets a clip. */
    private static void awaitContent(Fleet fleet, Started started) {
        await(started.toString())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    Long startedAt = fleet.get(started).getLong("startedAt");
                    return startedAt != null && System.currentTimeMillis() > startedAt + 1500;
                });
    }

    private static void pause(Duration length) {
        await().pollDelay(length).atMost(length.plusMinutes(1)).until(() -> true);
    }

    private void report(Fleet fleet, Verdict verdict, long accepted, long sweptMillis) {
        List<Long> sorted = recoveries.stream().sorted().toList();
        System.out.printf(
                "FAULT RUN %s seed %d: %d recordings, %d kills, %d freezes, %d stops (%d at named steps); lost %d, duplicates %d,"
                        + " orphans %d (%.0f removed by sweeps); all whole and none left %d ms after the last end; fenced writes refused"
                        + " %.0f, accepted %d; carried on after p50 %d ms, p95 %d ms%n",
                MODE,
                seed,
                all.size(),
                kills,
                freezes,
                stops,
                Math.min(STEPS.size(), STRIKES),
                verdict.lost().size(),
                verdict.duplicates().size(),
                verdict.orphans(),
                fleet.counted("eventuall_recording_orphans_removed_total"),
                sweptMillis,
                fleet.counted("eventuall_recording_writes_refused_total"),
                accepted,
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1));
    }
}
