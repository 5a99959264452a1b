package com.eventuall.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;

/**
 * recording-service dies or freezes while it records, beside vendors that fail in every way they can. Its own tests do this at
 * every step of the workflow; here the whole suite is around it.
 */
final class RecordingFaults implements Fault {
    private static final List<String> MUX_CALLS =
            List.of("createLiveStream", "getLiveStream", "completeLiveStream", "listAssets", "createAsset", "getAsset");
    private static final List<String> LIVEKIT_CALLS =
            List.of("StartRoomCompositeEgress", "ListEgress", "StopEgress", "CreateRoom");
    private static final List<String> EFFECTS = List.of(
            "\"effect\":\"error\",\"status\":500",
            "\"effect\":\"error\",\"status\":429,\"retryAfterSeconds\":2",
            "\"effect\":\"error-after-effect\",\"status\":503",
            "\"effect\":\"timeout-after-effect\",\"delayMs\":6000",
            "\"effect\":\"delay\",\"delayMs\":3000");

    private final boolean freeze;

    RecordingFaults(boolean freeze) {
        this.freeze = freeze;
    }

    @Override
    public int number() {
        return freeze ? 2 : 1;
    }

    @Override
    public String title() {
        return freeze
                ? "recording-service frozen for longer than a lease"
                : "recording-service killed, vendors failing";
    }

    /** Two replicas of the service that dies: more processes would make every restart wait for the cores. */
    @Override
    public List<String> stack() {
        return FaultRun.stack("recording=2");
    }

    @Override
    public void run(World world) throws Exception {
        // Restarts are what takes time here; they share the cores with the show.
        world.show().rooms().forEach(room -> {
            room.pace(RoomShow.CALM_PACE);
            room.media().length(4);
        });
        world.warmUp();
        int rounds = world.scale().recordings();
        List<Double> recoveries = new ArrayList<>();
        for (int round = 0; round < rounds || made(world) < world.scale().recordings(); round++) {
            trouble(world);
            String victim = "recording-" + (1 + world.random().nextInt(2));
            Thread.sleep(world.random().nextInt(3_000));
            if (freeze) {
                world.signal(victim, "pause");
                // The lease of the run is 12 s.
                Thread.sleep(14_000);
                world.signal(victim, "resume");
            } else {
                world.signal(victim, "kill");
                Thread.sleep(500);
                world.processes().start(victim);
            }
            if (round > 4 * rounds) {
                break;
            }
        }
        world.show().rooms().forEach(room -> room.media().enable(false));
        world.note("vendors", "well again");
        for (String vendor : List.of("livekit", "mux")) {
            world.stack().send("DELETE", "/sandbox/" + vendor + "/faults", "");
        }
        long begin = System.nanoTime();
        for (RoomShow room : world.show().rooms()) {
            room.stop();
            room.media().finish(new AtomicBoolean(), Duration.ofSeconds(150));
            recoveries.add((System.nanoTime() - begin) / 1e9);
        }
        world.figure(Figure.told("recordings", made(world)));
        world.figure(Figure.atMost(
                "s until all recordings had ended",
                recoveries.stream().flatMapToDouble(DoubleStream::of).max().orElse(0),
                90));
        Orphans.awaitNone(world, begin);
        double removed = world.processes().of("recording").stream()
                .mapToDouble(name -> world.processes().metric(name, "eventuall_recording_orphans_removed_total", ""))
                .sum();
        world.figure(Figure.told("orphans swept", removed));
    }

    private static int made(World world) {
        return world.show().rooms().stream()
                .mapToInt(room -> room.media().ids().size())
                .sum();
    }

    private static void trouble(World world) {
        for (int i = 0; i < 3; i++) {
            boolean mux = world.random().nextBoolean();
            List<String> calls = mux ? MUX_CALLS : LIVEKIT_CALLS;
            world.vendorFault(
                    mux ? "mux" : "livekit",
                    "{\"operation\":\"" + calls.get(world.random().nextInt(calls.size())) + "\","
                            + EFFECTS.get(world.random().nextInt(EFFECTS.size())) + "}");
        }
        String webhook = world.random().nextBoolean() ? "drop-webhook" : "duplicate-webhook";
        world.vendorFault("mux", "{\"operation\":\"webhook\",\"effect\":\"" + webhook + "\",\"times\":2}");
        world.vendorFault("livekit", "{\"operation\":\"webhook\",\"effect\":\"" + webhook + "\",\"times\":2}");
    }
}
