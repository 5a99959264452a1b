package com.eventuall.e2e.faults;

import com.eventuall.e2e.faults.client.Person;
import com.eventuall.e2e.faults.client.PresenceClient;
import com.eventuall.e2e.faults.client.Room;
import com.eventuall.e2e.faults.client.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Processes of the suite die, freeze or are replaced. */
final class ReplicaFaults {
    private ReplicaFaults() {}

    /** kill -9 of any replica of any service, again and again. */
    static final class Kill implements Fault {
        @Override
        public int number() {
            return 3;
        }

        @Override
        public String title() {
            return "kill -9 of any service at random";
        }

        @Override
        public void run(World world) throws Exception {
            // Ten replicas and their restarts share two cores with the show.
            world.show().rooms().forEach(room -> room.pace(RoomShow.CALM_PACE));
            world.warmUp();
            long deadline = System.nanoTime() + world.scale().killing().toNanos();
            List<String> names = world.processes().services();
            Set<String> killed = new java.util.TreeSet<>();
            int kills = 0;
            long longest = 0;
            while (System.nanoTime() < deadline) {
                String victim = names.get(world.random().nextInt(names.size()));
                world.signal(victim, "kill");
                killed.add(victim.replaceAll("-\\d+$", ""));
                kills++;
                Thread.sleep(world.random().nextInt(2_000));
                long ready = world.processes().start(victim);
                world.note(victim, "ready");
                longest = Math.max(longest, ready);
                world.lastsFor(Duration.ofMillis(2_000 + world.random().nextInt(3_000)));
            }
            world.figure(Figure.told("kills", kills));
            world.figure(Figure.told("services hit", killed.size()));
            world.figure(Figure.told("s until ready again", longest / 1e3));
            world.figure(Figure.atMost(
                    "s that somebody was shown wrongly as there or gone",
                    world.history().ask(checker -> checker.divergence().longestPresence()) / 1e3,
                    5.5));
            world.figure(Figure.atMost(
                    "s that a queue place was shown late",
                    world.history().ask(checker -> checker.divergence().longestQueue()) / 1e3,
                    5));
        }
    }

    /** One of two presence replicas dies with many sockets on it; then the network between them and the rest is bad. */
    static final class PresenceKill implements Fault {
        private static final int HALF_OPEN = 5;
        /** One in so many is behind the network that goes bad. */
        private static final int BEHIND_NETWORK = 4;

        @Override
        public int number() {
            return 4;
        }

        @Override
        public String title() {
            return "presence replica killed with its sockets; network";
        }

        @Override
        public List<String> stack() {
            return FaultRun.stack("presence=2");
        }

        @Override
        public void run(World world) throws Exception {
            // The sockets are the load here: beside a show at its usual pace, two cores would have no time for them.
            world.show().rooms().forEach(room -> room.pace(RoomShow.CALM_PACE));
            List<PresenceClient> crowd = new ArrayList<>();
            List<PresenceClient> far = new ArrayList<>();
            URI doomed = world.processes().address("presence-1");
            try (TcpProxy network = new TcpProxy(doomed)) {
                Room room = world.room().room();
                for (int i = 0; i < world.scale().sockets(); i++) {
                    Person person = new Person(world.stack(), world.history(), room, "crowd" + i, false);
                    boolean behind = i % BEHIND_NETWORK == 0;
                    PresenceClient client = world.show().client(person, "tab", behind ? network.origin() : doomed, i);
                    crowd.add(client);
                    if (behind) {
                        far.add(client);
                    }
                    client.connect();
                }
                if (!Show.await(Duration.ofSeconds(120), () -> open(crowd) == crowd.size())) {
                    throw new IllegalStateException(open(crowd) + " of " + crowd.size() + " could enter");
                }
                world.warmUp();
                halfOpen(world, network);
                cut(world, network, far);
                kill(world, crowd);
            }
            world.lastsFor(Duration.ofSeconds(10));
        }

        private static long open(List<PresenceClient> crowd) {
            return crowd.stream().filter(PresenceClient::isOpen).count();
        }

        /** Clients that vanish without the server being told. */
        private static void halfOpen(World world, TcpProxy network) throws Exception {
            try (TcpProxy silent = new TcpProxy(world.processes().address("presence-1"))) {
                List<PresenceClient> gone = new ArrayList<>();
                Set<String> offline = ConcurrentHashMap.newKeySet();
                for (int i = 0; i < HALF_OPEN; i++) {
                    Person person = new Person(
                            world.stack(), world.history(), world.room().room(), "silent" + i, false);
                    PresenceClient client = world.show().client(person, "tab", silent.origin(), i);
                    gone.add(client);
                    client.connect();
                }
                Show.await(Duration.ofSeconds(20), () -> open(gone) == gone.size());
                Thread.sleep(1_000);
                silent.swallow(true);
                gone.forEach(PresenceClient::vanish);
                long begin = System.nanoTime();
                try (AutoCloseable listening = world.history().listen(fact -> {
                    if (fact.kind().equals("patch") && fact.who().equals("mod0")) {
                        fact.data()
                                .path("state")
                                .path("participants")
                                .properties()
                                .forEach(person -> {
                                    if (person.getKey().startsWith("silent")
                                            && person.getValue()
                                                    .path("status")
                                                    .asText()
                                                    .equals("offline")) {
                                        offline.add(person.getKey());
                                    }
                                });
                    }
                })) {
                    boolean all = Show.await(Duration.ofSeconds(60), () -> offline.size() == HALF_OPEN);
                    world.figure(Figure.atMost(
                            "s until half-open people are shown as gone",
                            all ? (System.nanoTime() - begin) / 1e9 : Figure.NEVER,
                            14.5));
                }
            }
        }

        private static void cut(World world, TcpProxy network, List<PresenceClient> far) throws InterruptedException {
            network.delay(50);
            world.lastsFor(Duration.ofSeconds(3));
            network.delay(0);
            world.note("network", "cut");
            network.cut();
            world.figure(Figure.told("sockets cut", far.size()));
            world.figure(Figure.atMost("s until all are back after a cut", untilBack(far), 10));
            world.lastsFor(Duration.ofSeconds(3));
        }

        private static void kill(World world, List<PresenceClient> crowd) throws InterruptedException {
            crowd.forEach(client -> client.via(world.stack().origin()));
            world.signal("presence-1", "kill");
            world.figure(Figure.told("sockets on the killed replica", crowd.size()));
            world.figure(Figure.atMost("s until all are back after the kill", untilBack(crowd), 10));
            world.processes().start("presence-1");
        }

        /** Seconds from now until all are back; never, if nobody notices the loss. */
        private static double untilBack(List<PresenceClient> lost) throws InterruptedException {
            long begin = System.nanoTime();
            boolean back = Show.await(Duration.ofSeconds(5), () -> open(lost) < lost.size())
                    && Show.await(Duration.ofSeconds(60), () -> open(lost) == lost.size());
            return back ? (System.nanoTime() - begin) / 1e9 : Figure.NEVER;
        }
    }

    /** Every replica is replaced in turn, as a deployment does. */
    static final class RollingRestart implements Fault {
        private static final Set<Integer> POLITE = Set.of(1000, 1001, 1012);

        @Override
        public int number() {
            return 12;
        }

        @Override
        public String title() {
            return "rolling restart of all services under load";
        }

        @Override
        public void run(World world) throws Exception {
            // The requests without pause are the load.
            world.show().rooms().forEach(room -> room.pace(RoomShow.CALM_PACE));
            world.warmUp();
            AtomicInteger failed = new AtomicInteger();
            AtomicInteger calls = new AtomicInteger();
            AtomicInteger rude = new AtomicInteger();
            AtomicInteger polite = new AtomicInteger();
            AtomicBoolean done = new AtomicBoolean();
            try (AutoCloseable listening = world.history().listen(fact -> {
                if (fact.kind().equals("call")) {
                    calls.incrementAndGet();
                    int status = fact.data().get("status").asInt();
                    if (status == 0 || status >= 500) {
                        failed.incrementAndGet();
                    }
                } else if (fact.kind().equals("queue-closed")
                        || fact.kind().equals("closed")
                                && !fact.data().get("asked").asBoolean()) {
                    boolean good = POLITE.contains(fact.data().get("code").asInt());
                    (good ? polite : rude).incrementAndGet();
                }
            })) {
                Thread prober = new Thread(() -> probe(world, done), "prober");
                prober.start();
                for (String name : world.processes().services()) {
                    if (world.processes().of(name.replaceAll("-\\d+$", "")).size() < 2) {
                        continue;
                    }
                    world.signal(name, "term");
                    world.processes().awaitStopped(name);
                    world.processes().start(name);
                    world.note(name, "replaced");
                }
                world.lastsFor(Duration.ofSeconds(3));
                done.set(true);
                prober.join();
            }
            world.figure(Figure.told("HTTP requests", calls.get()));
            world.figure(Figure.atMost("failed", failed.get(), 0));
            world.figure(Figure.told("sockets closed with 1012 or 1001", polite.get()));
            world.figure(Figure.atMost("sockets closed otherwise", rude.get(), 0));
        }

        private static void probe(World world, AtomicBoolean done) {
            Person somebody = world.room().moderators().get(0);
            try {
                while (!done.get()) {
                    somebody.call("probe-queue", "GET", "/queue", "");
                    somebody.call("probe-presence", "GET", "/snapshot", "");
                    somebody.call("probe-chat", "GET", "/chat", "");
                    somebody.call("probe-recording", "GET", "/recordings", "");
                    somebody.call("probe-token", "POST", "/livekit-token", "");
                    Thread.sleep(200);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
