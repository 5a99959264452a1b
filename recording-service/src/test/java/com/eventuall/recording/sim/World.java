package com.eventuall.recording.sim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time: things happen in order of their moment, and nothing happens in between. */
final class World {

    private static final Instant ORIGIN = Instant.parse("2026-11-22T19:00:00Z");

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Random random;
    private final List<String> log = new ArrayList<>();
    private Instant now = ORIGIN;
    private long order;

    World(long seed) {
        this.random = new Random(seed);
    }

    private record Due(Instant at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Random random() {
        return random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    Duration between(long minMillis, long maxMillis) {
        return Duration.ofMillis(minMillis + (long) (random.nextDouble() * (maxMillis - minMillis)));
    }

    Instant now() {
        return now;
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    long nanos() {
        return Duration.between(ORIGIN, now).toNanos();
    }

    void after(Duration pause, Runnable what) {
        due.add(new Due(now.plus(pause), order++, what));
    }

    void log(String what) {
        log.add(Duration.between(ORIGIN, now).toMillis() + " " + what);
    }

    /** The last things that happened, for a failed run. */
    String story() {
        return String.join("\n", log.subList(Math.max(0, log.size() - 120), log.size()));
    }

    /** Lets time pass. */
    void run(Duration time) {
        Instant end = now.plus(time);
        while (!due.isEmpty() && !due.peek().at().isAfter(end)) {
            Due next = due.remove();
            now = next.at();
            next.what().run();
        }
        now = end;
    }
}
