package com.eventuall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How many LiveKit tokens one core of token-service signs in a second: asks a running replica directly for tokens of many
 * people and divides by the CPU time that its process used meanwhile (so the load generator's own CPU does not count).
 * Linux only. Run by {@code e2e/bench/tokens}; its name keeps it out of the normal build.
 */
class TokenBench {
    private static final int PEOPLE = 1000;
    private static final int CONCURRENCY = 32;
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 5;
    private static final int REQUESTS = 10_000;
    private static final double TICKS_PER_SECOND = 100;

    @Test
    void tokensPerSecondAndCore() throws Exception {
        try (Stack stack = Stack.start("--set", "token.rate-limit.burst=1000000")) {
            JsonNode token = processOf(stack);
            URI route =
                    URI.create("http://127.0.0.1:" + token.get("port").asInt() + "/v1/events/b/rooms/r/livekit-token");
            List<String> passes = IntStream.range(0, PEOPLE)
                    .mapToObj(i -> stack.pass("u" + i, "participant", "b"))
                    .toList();
            new Load(route, passes).run(token.get("pid").asLong());
        }
    }

    private static JsonNode processOf(Stack stack) {
        for (JsonNode process : stack.info().get("processes")) {
            if (process.path("service").asText().equals("token-service")) {
                return process;
            }
        }
        throw new IllegalStateException("token-service does not run");
    }

    /** The load generator. */
    private static final class Load {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final URI route;
        private final List<String> passes;

        Load(URI route, List<String> passes) {
            this.route = route;
            this.passes = passes;
        }

        void run(long pid) throws Exception {
            ask(WARM_UP);
            List<Double> perCore = new ArrayList<>();
            System.out.println("| round | tokens/s per core | tokens/s wall | p50 ms | p99 ms |");
            System.out.println("|---|---|---|---|---|");
            for (int round = 1; round <= ROUNDS; round++) {
                double cpuBefore = cpuSeconds(pid);
                long start = System.nanoTime();
                long[] latencies = ask(REQUESTS);
                double wall = (System.nanoTime() - start) / 1e9;
                double cpu = cpuSeconds(pid) - cpuBefore;
                perCore.add(REQUESTS / cpu);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.0f | %.0f | %.1f | %.1f |%n",
                        round,
                        REQUESTS / cpu,
                        REQUESTS / wall,
                        latencies[REQUESTS / 2] / 1e6,
                        latencies[REQUESTS * 99 / 100] / 1e6);
            }
            perCore.sort(null);
            System.out.printf(Locale.ROOT, "median: %.0f tokens/s per core%n", perCore.get(ROUNDS / 2));
        }

        /** Sends requests, at most {@value #CONCURRENCY} at a time, and returns their latencies in nanoseconds, sorted. */
        private long[] ask(int requests) throws InterruptedException {
            Semaphore places = new Semaphore(CONCURRENCY);
            AtomicInteger refused = new AtomicInteger();
            long[] latencies = new long[requests];
            for (int i = 0; i < requests; i++) {
                int index = i;
                places.acquire();
                HttpRequest request = HttpRequest.newBuilder(route)
                        .header("Authorization", "Bearer " + passes.get(i % PEOPLE))
                        .POST(BodyPublishers.noBody())
                        .build();
                long start = System.nanoTime();
                http.sendAsync(request, BodyHandlers.ofString())
                        .whenComplete((HttpResponse<String> response, Throwable e) -> {
                            latencies[index] = System.nanoTime() - start;
                            if (e != null || response.statusCode() != 200) {
                                refused.incrementAndGet();
                            }
                            places.release();
                        });
            }
            places.acquire(CONCURRENCY);
            if (refused.get() > 0) {
                throw new IllegalStateException(refused + " requests failed");
            }
            Arrays.sort(latencies);
            return latencies;
        }

        /** User and system time of a process so far; proc(5), fields 14 and 15 of stat. */
        private static double cpuSeconds(long pid) throws IOException {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        }
    }
}
