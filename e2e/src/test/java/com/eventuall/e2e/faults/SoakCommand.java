package com.eventuall.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.faults.check.Violation;
import com.eventuall.e2e.faults.client.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Five rooms with a thousand sockets for ten minutes while replicas are killed, and small rooms that come and go. Run by
 * {@code e2e/bin/soak}; its name keeps it out of the normal build. In the first half anything may be killed; in the second only
 * second replicas, so that the memory of all others is seen over minutes.
 */
class SoakCommand {
    private static final int ROOMS = 5;
    private static final double MOST_MEGABYTES_A_MINUTE = 1.5;
    private static final Duration SAMPLE = Duration.ofSeconds(20);
    private static final Duration KEYS_LIMIT = Duration.ofSeconds(150);
    private static final Set<String> NOT_WRITTEN = Set.of("patch", "snapshot");

    private final long seed = Long.getLong("soak.seed", System.currentTimeMillis() % 1_000_000);
    private final Duration duration = Duration.parse("PT" + System.getProperty("soak.duration", "10m"));
    private final int sockets = Integer.getInteger("soak.sockets", 1000);
    private final Random random = new Random(seed);
    private final List<Figure> figures = new ArrayList<>();
    private int kills;
    private int ended;

    @Test
    void nothingGrowsThatShouldNot() throws Exception {
        System.out.println("seed " + seed + ", history in e2e/target/soak.jsonl");
        List<String> options = new ArrayList<>(FaultRun.STACK);
        options.set(options.indexOf("--replicas") + 1, "presence=2,queue=2");
        options.addAll(List.of("--set", "presence.remove-after=20s", "--set", "queue.retention=60s"));
        List<Violation> violations;
        ProcessHandle launcher;
        List<ProcessHandle> family;
        try (Stack stack = Stack.start(options.toArray(String[]::new));
                History history = new History(Path.of("target/soak.jsonl"), kind -> !NOT_WRITTEN.contains(kind))) {
            launcher = stack.process().toHandle();
            long before = processes(launcher);
            violations = soak(stack, history);
            family = launcher.descendants().toList();
            figures.add(Figure.atMost("processes more than at the start", processes(launcher) - before, 0));
        }
        long left = family.stream().filter(ProcessHandle::isAlive).count();
        figures.add(Figure.atMost("processes left behind", left, 0));
        violations.stream().limit(20).forEach(System.out::println);
        figures.add(Figure.atMost("promises broken", violations.size(), 0));
        boolean holds = figures.stream().allMatch(Figure::holds);
        System.out.println("SOAK " + (holds ? "flat" : "BROKEN") + ": " + figures + ", seed " + seed);
        assertThat(figures).allMatch(Figure::holds);
    }

    /** What the launcher has started; not the processes that PostgreSQL makes for connections, of which pools open more or less. */
    private static long processes(ProcessHandle launcher) {
        return launcher.descendants().filter(process -> !isConnection(process)).count();
    }

    private static boolean isConnection(ProcessHandle process) {
        return isPostgres(process)
                && process.parent().map(SoakCommand::isPostgres).orElse(false);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/postgres");
    }

    private List<Violation> soak(Stack stack, History history) throws Exception {
        Memory memory = new Memory(stack);
        Stores stores = new Stores(stack);
        Processes processes = new Processes(stack);
        try (Show show = new Show(stack, history, "soak", ROOMS, sockets / ROOMS - 2, seed)) {
            show.rooms().forEach(room -> room.pace(RoomShow.CALM_PACE));
            show.start();
            Show.await(
                    Duration.ofSeconds(90),
                    () -> show.rooms().stream()
                            .flatMap(room -> room.clients().stream())
                            .allMatch(client -> client.isOpen()));
            long begin = System.nanoTime();
            long sampled = begin;
            long nextKill = begin;
            while (System.nanoTime() - begin < duration.toNanos()) {
                if (System.nanoTime() >= nextKill) {
                    kill(processes, history, System.nanoTime() - begin > duration.toNanos() / 2);
                    nextKill = System.nanoTime()
                            + Duration.ofSeconds(15 + random.nextInt(15)).toNanos();
                }
                if (System.nanoTime() - sampled >= SAMPLE.toNanos()) {
                    memory.sample();
                    sampled = System.nanoTime();
                }
                shortRoom(stack);
                Thread.sleep(500);
            }
            report(memory);
            boolean gone = Show.await(KEYS_LIMIT, () -> stores.keys("*ended*") == 0);
            figures.add(Figure.told("rooms ended", ended));
            figures.add(Figure.atMost("Redis keys of ended rooms", stores.keys("*ended*"), 0));
            if (!gone) {
                System.out.println("left: "
                        + stores.redis("KEYS", "*ended*").stream().limit(10).toList());
            }
            processes.restore();
            show.rest();
        }
        figures.add(0, Figure.told("sockets", sockets));
        figures.add(1, Figure.told("kills", kills));
        figures.add(2, Figure.told("facts", history.size()));
        return history.end();
    }

    private void kill(Processes processes, History history, boolean secondsOnly) throws InterruptedException {
        List<String> victims = processes.services().stream()
                .filter(name -> !secondsOnly || name.endsWith("-2"))
                .toList();
        String victim = victims.get(random.nextInt(victims.size()));
        history.add("fault", "", victim, History.data().put("what", "kill"));
        processes.signal(victim, "kill");
        Thread.sleep(300);
        processes.start(victim);
        kills++;
    }

    /** A room in which something happens, and that everybody leaves. */
    private void shortRoom(Stack stack) throws Exception {
        int number = ended++;
        // Its own history: what is checked is what is left of it.
        try (History history = new History(Path.of("target/soak-room.jsonl"));
                Show show = new Show(stack, history, "ended" + number, 1, 3, seed + number)) {
            RoomShow room = show.rooms().get(0);
            room.media().enable(false);
            room.chat().enable(false);
            room.clients().forEach(client -> client.connect());
            Show.await(Duration.ofSeconds(20), () -> room.clients().stream().allMatch(client -> client.isOpen()));
            var until = new java.util.concurrent.atomic.AtomicBoolean();
            room.moderators().get(0).move(until, room.people().get(0), "pending");
            room.moderators().get(0).move(until, room.people().get(0), "live");
            room.moderators().get(0).move(until, room.people().get(0), "withdrawn");
        }
    }

    private void report(Memory memory) {
        System.out.println("| process      |  min  | RSS MB  | MB/min  | heap MB | MB/min  |");
        System.out.println("|--------------|-------|---------|---------|---------|---------|");
        double worst = 0;
        for (Memory.Trend trend : memory.trends(duration.toSeconds() / 120.0)) {
            System.out.println(trend);
            worst = Math.max(worst, trend.liveSlope());
        }
        figures.add(Figure.atMost("MB/min of heap after collection, worst service", worst, MOST_MEGABYTES_A_MINUTE));
    }
}
