package com.eventuall.e2e.faults;

import com.eventuall.e2e.faults.client.PresenceClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Clocks differ: one replica of each service is five seconds ahead, or behind. Its stack is started so, because a clock cannot
 * be set from outside a process.
 */
final class ClockFault implements Fault {
    private static final List<String> SHIFTS = List.of(
            "--set", "presence-2/eventuall.clock-shift=5s",
            "--set", "queue-2/eventuall.clock-shift=-5s",
            "--set", "recording-2/eventuall.clock-shift=5s",
            "--set", "chat-2/eventuall.clock-shift=-5s",
            "--set", "token-2/eventuall.clock-shift=-3s");

    @Override
    public int number() {
        return 10;
    }

    @Override
    public String title() {
        return "clocks ± 5 s on one replica of each service";
    }

    @Override
    public List<String> stack() {
        return Stream.concat(FaultRun.STACK.stream(), SHIFTS.stream()).toList();
    }

    @Override
    public void run(World world) throws Exception {
        // What is looked at are seconds, and nobody should be late for want of a core.
        world.show().rooms().forEach(room -> {
            room.pace(RoomShow.CALM_PACE);
            room.media().length(5);
        });
        world.warmUp();
        AtomicInteger false_ = new AtomicInteger();
        double removedBefore = orphans(world);
        try (AutoCloseable listening = world.history().listen(fact -> {
            if (fact.kind().equals("event") && fact.data().get("topic").asText().equals("participant-disconnected")) {
                String userId = fact.data().get("payload").get("userId").asText();
                boolean open = world.show().rooms().stream()
                        .filter(room -> room.room().key().equals(fact.room()))
                        .flatMap(room -> room.clients().stream())
                        .anyMatch(client -> client.person().userId().equals(userId) && isLong(client));
                if (open) {
                    false_.incrementAndGet();
                }
            }
        })) {
            world.lastsFor(Duration.ofSeconds(60));
        }
        world.figure(Figure.atMost("people taken for gone by a wrong clock", false_.get(), 0));
        world.figure(Figure.atMost("vendor things made twice by a stolen lease", orphans(world) - removedBefore, 0));
        world.figure(Figure.atMost(
                "s that somebody was shown wrongly as there or gone",
                world.history().ask(checker -> checker.divergence().longestPresence()) / 1e3,
                5.5));
    }

    private static boolean isLong(PresenceClient client) {
        return client.openFor() > 4_000;
    }

    private static double orphans(World world) {
        return world.processes().of("recording").stream()
                .mapToDouble(name -> world.processes().metric(name, "eventuall_recording_orphans_removed_total", ""))
                .sum();
    }
}
