package com.eventuall.e2e.faults;

import com.eventuall.e2e.faults.check.Fact;
import com.eventuall.e2e.faults.client.Person;
import com.eventuall.e2e.faults.client.PresenceClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Redis, Kafka and PostgreSQL go away and come back. */
final class StoreFaults {
    private StoreFaults() {}

    /** Redis is killed and comes back with its data, hangs for ten seconds, and loses all of its data. */
    static final class Redis implements Fault {
        @Override
        public int number() {
            return 5;
        }

        @Override
        public String title() {
            return "Redis restarted, hung 10 s, wiped";
        }

        @Override
        public void run(World world) throws Exception {
            world.warmUp();
            world.signal("redis", "kill");
            Thread.sleep(1_000);
            world.processes().start("redis");
            world.note("redis", "back");
            world.figure(Figure.atMost("s until changes flow after the restart", flowsAgain(world, "restart"), 15));
            world.lastsFor(Duration.ofSeconds(8));

            world.signal("redis", "pause");
            Thread.sleep(10_000);
            world.signal("redis", "resume");
            world.figure(Figure.told("s until changes flow after the pause", flowsAgain(world, "pause")));
            world.lastsFor(Duration.ofSeconds(8));
            wipe(world);
            world.lastsFor(Duration.ofSeconds(5));
        }

        /** Seconds until somebody who enters at one replica is seen by a client of the other, both ways. */
        private static double flowsAgain(World world, String name) throws InterruptedException {
            long begin = System.nanoTime();
            for (String[] way : new String[][] {{"presence-1", "presence-2"}, {"presence-2", "presence-1"}}) {
                String visitor = "visitor-" + name + "-" + way[0];
                try (Probe probe = new Probe(world, way[1], "watcher-" + name + "-" + way[1])) {
                    probe.awaitOpen();
                    try (Probe enters = new Probe(world, way[0], visitor)) {
                        probe.awaitPresent(visitor);
                    }
                }
            }
            return (System.nanoTime() - begin) / 1e9;
        }

        private static void wipe(World world) throws InterruptedException {
            RoomShow room = world.room();
            world.show().rooms().forEach(one -> one.pauseMoves(true));
            world.show().rooms().forEach(one -> one.chat().pause(true));
            world.lastsFor(Duration.ofSeconds(3));
            // What a Redis loses that nobody else has yet is lost: a mirror that the outage broke off waits for its
            // lease.
            long quiet = System.nanoTime();
            boolean mirrored = Show.await(
                    Duration.ofSeconds(90),
                    () -> world.show().rooms().stream()
                            .allMatch(one -> one.chat().isMirrored()));
            world.figure(Figure.atMost(
                    "s until reactions of both outages are with the vendor",
                    mirrored ? (System.nanoTime() - quiet) / 1e9 : Figure.NEVER,
                    60));
            Map<String, String> before = new TreeMap<>(room.places());
            before.values().removeIf("none"::equals);
            world.note("redis", "wiped");
            world.stores().redis("FLUSHALL");
            world.signal("redis", "kill");
            world.processes().start("redis");
            long begin = System.nanoTime();
            boolean rebuilt = Show.await(Duration.ofSeconds(120), () -> {
                JsonNode state = room.snapshot().path("state");
                Map<String, String> now = new TreeMap<>();
                JsonNode lists = room.lists();
                for (String list : new String[] {"pending", "live"}) {
                    lists.path(list).forEach(userId -> now.put(userId.asText(), list));
                }
                return now.equals(before)
                        && state.path("queue").path("live").equals(lists.path("live"))
                        && state.path("stage").size() == lists.path("live").size()
                        && (room.chat().message().isEmpty()
                                || state.path("chat").has("conversationSid"));
            });
            world.figure(Figure.atMost(
                    "s until the state is rebuilt after the wipe",
                    rebuilt ? (System.nanoTime() - begin) / 1e9 : Figure.NEVER,
                    60));
            world.show().rooms().forEach(one -> one.pauseMoves(false));
            world.show().rooms().forEach(one -> one.chat().pause(false));
        }
    }

    /** Somebody who enters at one replica directly and watches. */
    static final class Probe implements AutoCloseable {
        private final PresenceClient client;
        private final AutoCloseable listening;
        private final java.util.Set<String> present = java.util.concurrent.ConcurrentHashMap.newKeySet();

        Probe(World world, String replica, String userId) {
            Person person =
                    new Person(world.stack(), world.history(), world.room().room(), userId, false);
            client = world.show().client(person, "probe", world.processes().address(replica), userId.hashCode());
            listening = world.history().listen(fact -> see(fact, userId));
            client.connect();
        }

        private void see(Fact fact, String userId) {
            if (fact.who().equals(userId)
                    && (fact.kind().equals("patch") || fact.kind().equals("snapshot"))) {
                fact.data().path("state").path("participants").properties().forEach(person -> {
                    if (person.getValue().path("status").asText().equals("online")) {
                        present.add(person.getKey());
                    }
                });
            }
        }

        void awaitOpen() throws InterruptedException {
            Show.await(Duration.ofSeconds(60), client::isOpen);
        }

        void awaitPresent(String userId) throws InterruptedException {
            Show.await(Duration.ofSeconds(60), () -> present.contains(userId));
        }

        @Override
        public void close() {
            client.leave();
            try {
                listening.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The broker is away for a minute. */
    static final class Kafka implements Fault {
        @Override
        public int number() {
            return 6;
        }

        @Override
        public String title() {
            return "Kafka broker down, then back";
        }

        @Override
        public void run(World world) throws Exception {
            world.warmUp();
            AtomicInteger dropped = new AtomicInteger();
            try (AutoCloseable listening = world.history().listen(fact -> {
                if (fact.kind().equals("queue-closed")
                        || fact.kind().equals("closed")
                                && !fact.data().get("asked").asBoolean()) {
                    dropped.incrementAndGet();
                }
            })) {
                world.signal("kafka", "kill");
                world.lastsFor(world.scale().outage());
                long waited = world.stores().waitingEvents();
                world.processes().start("kafka");
                world.note("kafka", "back");
                world.show().rooms().forEach(room -> room.pace(2_000));
                long begin = System.nanoTime();
                // The show goes on, so a few new ones may always be on their way.
                boolean drained =
                        Show.await(Duration.ofSeconds(120), () -> world.stores().waitingEvents() <= 5);
                world.figure(Figure.told("events waited", waited));
                world.figure(Figure.atMost(
                        "s until the outboxes were empty",
                        drained ? (System.nanoTime() - begin) / 1e9 : Figure.NEVER,
                        30));
                world.show().rooms().forEach(room -> room.pace(150));
                world.lastsFor(Duration.ofSeconds(10));
            }
            world.figure(Figure.atMost("WebSockets dropped", dropped.get(), 0));
        }
    }

    /** PostgreSQL restarts, and later 20 connections are cut. */
    static final class Postgres implements Fault {
        @Override
        public int number() {
            return 8;
        }

        @Override
        public String title() {
            return "PostgreSQL restarted, 20 connections killed";
        }

        @Override
        public void run(World world) throws Exception {
            world.warmUp();
            Map<String, Integer> inARow = new java.util.concurrent.ConcurrentHashMap<>();
            AtomicInteger most = new AtomicInteger();
            try (AutoCloseable listening = world.history().listen(fact -> count(fact, inARow, most))) {
                for (int round = 0; round < 3; round++) {
                    world.note("postgres", "connections cut");
                    long cut = world.stores().cutConnections(20);
                    if (round == 0) {
                        world.figure(Figure.told("connections cut a time", cut));
                    }
                    world.lastsFor(Duration.ofSeconds(6));
                }
                world.figure(Figure.atMost("errors in a row to a caller after a cut", most.get(), 1));
                most.set(0);
                world.signal("postgres", "kill");
                long down = world.processes().start("postgres");
                world.note("postgres", "back");
                world.figure(Figure.told("ms of restart", down));
                world.lastsFor(Duration.ofSeconds(15));
                world.figure(Figure.told("errors in a row to a caller by the restart", most.get()));
            }
        }

        private static void count(Fact fact, Map<String, Integer> inARow, AtomicInteger most) {
            if (!fact.kind().equals("call")) {
                return;
            }
            String key = fact.who() + " " + fact.data().get("op").asText();
            int status = fact.data().get("status").asInt();
            if (status == 0 || status >= 500) {
                most.accumulateAndGet(inARow.merge(key, 1, Integer::sum), Math::max);
            } else {
                inARow.remove(key);
            }
        }
    }
}
