package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The vendors are overloaded, broken, or do not answer for half a minute. */
final class VendorFaults implements Fault {
    private static final int RETRY_AFTER = 3;

    /** Milliseconds within which a call may have been sent before the refusal of another was read. */
    private static final long UNDER_WAY = 300;

    /** Milliseconds that a timer and the clock of the sandbox may be apart. */
    private static final long TIMER = 50;

    private record Operation(String vendor, String name) {}

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("mux", "createLiveStream"),
            new Operation("mux", "getLiveStream"),
            new Operation("mux", "listAssets"),
            new Operation("livekit", "StartRoomCompositeEgress"),
            new Operation("livekit", "ListEgress"),
            new Operation("twilio", "createConversation"),
            new Operation("twilio", "createParticipant"),
            new Operation("twilio", "updateMessage"));

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String title() {
        return "vendors: 429 with Retry-After, 500, 30 s hangs";
    }

    /** One process calls each vendor: replicas do not tell each other what they were asked. */
    @Override
    public List<String> stack() {
        return FaultRun.stack("presence=2");
    }

    @Override
    public void run(World world) throws Exception {
        world.show().rooms().forEach(room -> room.media().length(4));
        world.warmUp();
        Map<Path, Long> logs = logs(world);
        all(world, "\"effect\":\"error\",\"status\":429,\"retryAfterSeconds\":" + RETRY_AFTER + ",\"times\":2");
        world.lastsFor(Duration.ofSeconds(30));
        early(world);
        clear(world);
        all(world, "\"effect\":\"error\",\"status\":500,\"times\":60");
        world.lastsFor(Duration.ofSeconds(20));
        double refusedUntried = world.processes().of("chat").stream()
                .mapToDouble(name -> world.processes().metric(name, "eventuall_chat", "outcome=\"busy\""))
                .sum();
        clear(world);
        world.lastsFor(Duration.ofSeconds(5));
        all(world, "\"effect\":\"delay\",\"delayMs\":30000,\"times\":12");
        world.lastsFor(Duration.ofSeconds(35));
        clear(world);
        world.lastsFor(Duration.ofSeconds(10));
        // What a vendor makes half a minute after its caller has given up is for the sweeper.
        long begin = System.nanoTime();
        for (RoomShow room : world.show().rooms()) {
            room.media().enable(false);
            room.stop();
            room.media().finish(new AtomicBoolean(), Duration.ofSeconds(150));
        }
        Orphans.awaitNone(world, begin);
        world.figure(Figure.told("calls that the breaker held back", refusedUntried));
        world.figure(Figure.atMost("breaker that did not open", refusedUntried > 0 ? 0 : 1, 0));
        blocked(world, logs);
    }

    private static void all(World world, String effect) {
        for (Operation operation : OPERATIONS) {
            world.vendorFault(operation.vendor(), "{\"operation\":\"" + operation.name() + "\"," + effect + "}");
        }
    }

    private static void clear(World world) {
        world.note("vendors", "well again");
        for (String vendor : List.of("mux", "livekit", "twilio")) {
            world.stack().send("DELETE", "/sandbox/" + vendor + "/faults", "");
        }
    }

    /** How many calls came although the vendor had asked to wait, from the one process that calls it. */
    private static void early(World world) {
        Set<String> spared = OPERATIONS.stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
        int early = 0;
        for (String vendor : List.of("mux", "livekit", "twilio")) {
            Set<String> operations = OPERATIONS.stream()
                    .filter(operation -> operation.vendor().equals(vendor))
                    .map(Operation::name)
                    .collect(Collectors.toSet());
            long since = 0;
            long until = 0;
            for (JsonNode call : Stack.json(world.stack().get("/sandbox/" + vendor + "/calls"))) {
                long at = call.get("at").asLong();
                if (!operations.contains(call.get("operation").asText())) {
                    continue;
                }
                if (at > since + UNDER_WAY && at < until - TIMER) {
                    early++;
                    world.note("vendor", "early: " + call);
                }
                if (call.hasNonNull("retryAfterSeconds")) {
                    spared.remove(call.get("operation").asText());
                    since = at;
                    until = at + 1000 * call.get("retryAfterSeconds").asLong();
                }
            }
        }
        world.note("vendors", "never met 429: " + spared);
        world.figure(Figure.atMost("kinds of calls that did not meet 429", spared.size(), 0));
        world.figure(Figure.atMost("calls before their Retry-After", early, 0));
    }

    private static Map<Path, Long> logs(World world) {
        Path directory = Path.of(world.stack().info().get("logs").asText());
        Map<Path, Long> sizes = new HashMap<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                sizes.put(file, Files.size(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sizes;
    }

    /**
     * Event loops that stood still for 100 ms, by what they did: one that waits is blocked. One that is in the middle of a
     * computation, or in its own look for work, has no core: a stack and its visitors share two.
     */
    private static void blocked(World world, Map<Path, Long> since) throws IOException {
        int waiting = 0;
        long longest = 0;
        for (Map.Entry<Path, Long> log : since.entrySet()) {
            String all = Files.readString(log.getKey(), StandardCharsets.ISO_8859_1);
            String fresh = all.substring((int) Math.min(log.getValue(), all.length()));
            for (BlockedLoop loop : fresh.lines().flatMap(BlockedLoop::of).toList()) {
                world.note(log.getKey().getFileName().toString(), loop.toString());
                longest = Math.max(longest, loop.millis());
                waiting += loop.waits() ? 1 : 0;
            }
        }
        world.figure(Figure.told("ms that an event loop was without a core", longest));
        world.figure(Figure.atMost("event loops that waited for 100 ms", waiting, 0));
    }
}
