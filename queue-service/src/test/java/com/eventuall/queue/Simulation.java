package com.eventuall.queue;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time: everything that happens, in an order that only the seed decides. */
final class Simulation {

    private static final long START = 1_795_377_520_000L;

    private record Event(long time, long number, Runnable task) {}

    final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
    private long now;
    private long numbers;

    Simulation(long seed) {
        random = new Random(seed);
    }

    void after(long delay, Runnable task) {
        events.add(new Event(now + delay, numbers++, task));
    }

    void at(long time, Runnable task) {
        events.add(new Event(Math.max(now, time), numbers++, task));
    }

    long now() {
        return now;
    }

    /** Lets so many milliseconds pass. */
    void pass(long millis) {
        long end = now + millis;
        while (!events.isEmpty() && events.peek().time <= end) {
            Event event = events.poll();
            now = event.time;
            event.task.run();
        }
        now = end;
    }

    /** A line on which everything arrives, in order, each after a delay of its own. */
    final class Link {
        private final int maxDelay;
        private long last;
        private boolean cut;

        Link(int maxDelay) {
            this.maxDelay = maxDelay;
        }

        void carry(Runnable message) {
            last = Math.max(last, now + random.nextInt(maxDelay + 1));
            at(last, () -> {
                if (!cut) {
                    message.run();
                }
            });
        }

        void cut() {
            cut = true;
        }
    }

    /** A thread of a process; ends with it. */
    final class Loop implements RoomLoop {
        private final Link tasks = new Link(1);

        @Override
        public void execute(Runnable task) {
            tasks.carry(task);
        }

        @Override
        public void later(Duration delay, Runnable task) {
            after(delay.toMillis(), () -> execute(task));
        }

        @Override
        public long now() {
            return START + now;
        }

        @Override
        public long random(long bound) {
            return (long) (random.nextDouble() * bound);
        }

        void kill() {
            tasks.cut();
        }
    }
}
