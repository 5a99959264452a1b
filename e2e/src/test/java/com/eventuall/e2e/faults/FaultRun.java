package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs faults one after the other on one stack and tells what came of each. */
final class FaultRun {
    private static final List<String> SETTINGS = List.of(
            "--set", "recording.lease=12s",
            "--set", "recording.vendor-timeout=5s",
            "--set", "recording.settle=2s",
            "--set", "recording.sweep-interval=10s",
            "--set", "recording.health-interval=5s",
            "--set", "recording.start-timeout=20s",
            "--set", "recording.asset-poll-max=3s",
            "--set", "recording.clip.pad-before=0s",
            "--set", "recording.clip.pad-after=0s",
            "--set", "recording.clip.offset=0s",
            "--set", "recording.clip.merge-gap=0s",
            "--set", "quarkus.vertx.max-event-loop-execute-time=100ms",
            "--set", "quarkus.vertx.warning-exception-time=100ms",
            "--set", "token.rate-limit.burst=100000");

    /** What the local stack is given: every service twice, and a recording workflow that does not wait for minutes. */
    static final List<String> STACK = stack("token=2,presence=2,queue=2,recording=2,chat=2");

    /** The same with other replicas, as {@code service=number,…}; those not named are one each. */
    static List<String> stack(String replicas) {
        List<String> options = new ArrayList<>(List.of("--replicas", replicas));
        options.addAll(SETTINGS);
        return options;
    }

    private final Stack stack;
    private final Scale scale;
    private final long seed;
    private final Path directory;

    FaultRun(Stack stack, Scale scale, long seed, Path directory) {
        this.stack = stack;
        this.scale = scale;
        this.seed = seed;
        this.directory = directory;
    }

    List<Result> run(List<Fault> faults) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Fault fault : faults) {
            System.out.printf("fault %d: %s …%n", fault.number(), fault.title());
            long begin = System.nanoTime();
            Result result = run(fault);
            System.out.printf("%s in %d s%n", result.row(), (System.nanoTime() - begin) / 1_000_000_000L);
            result.violations().stream().limit(20).forEach(violation -> System.out.println("  " + violation));
            results.add(result);
        }
        return results;
    }

    /** A fault that cannot be measured to its end is broken, and does not keep the others from running. */
    private Result run(Fault fault) throws InterruptedException {
        try (World world = new World(stack, fault, scale, seed + fault.number(), directory)) {
            try {
                try {
                    fault.run(world);
                } finally {
                    world.processes().restore();
                }
                return world.end(fault);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | AssertionError e) {
                e.printStackTrace(System.out);
                return world.broken(fault, e);
            }
        }
    }
}
