package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.security.ApiDocument.Operation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random requests for every operation that the services document: no answer is a fault of ours. {@code -Dfuzz.seconds} for how
 * long (default 30), {@code -Dfuzz.seed} to repeat a run.
 */
@Tag("on-request")
@SecurityTest
class FuzzTest {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("fuzz.seconds", 30));
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int LEAST = 20;
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);

    private int unready;

    @Test
    void noRequestIsAnsweredWithAFault(Stack stack, Figures figures) {
        System.out.println("fuzz.seed=" + SEED);
        List<Operation> operations = ApiDocument.all(stack);
        HostileRequests requests = new HostileRequests(
                new Random(SEED), stack.origin(), (user, role) -> stack.pass(user, role, HostileRequests.EVENT));
        Map<Integer, Integer> statuses = new TreeMap<>();
        Map<Operation, Integer> answered = new HashMap<>();
        long end = System.nanoTime() + TIME.toNanos();
        for (int i = 0; i < operations.size() * LEAST || System.nanoTime() < end; i++) {
            Operation operation = operations.get(i % operations.size());
            HttpRequest request = requests.next(operation);
            HttpResponse<String> response = answer(stack.http(), request);
            figures.fuzzed(response);
            statuses.merge(response.statusCode(), 1, Integer::sum);
            answered.merge(operation, 1, Integer::sum);
        }
        System.out.println("fuzz: " + statuses + ", sent again for want of a service that is ready: " + unready);
        assertThat(answered.keySet()).containsAll(operations);
        assertThat(answered.values()).allMatch(count -> count >= LEAST);
        // Without some that succeed the requests would never get beyond the gate.
        assertThat(statuses.getOrDefault(200, 0)).isPositive();
    }

    /**
     * The answer of a service. While the gateway finds none that is ready, as on a machine with too much to do, nobody has seen
     * the request, and it is sent again; a service that a request has put out of action stays away too long.
     */
    private HttpResponse<String> answer(HttpClient http, HttpRequest request) {
        return await("a service that is ready")
                .pollDelay(Duration.ZERO)
                .atMost(READY_LIMIT)
                .until(() -> send(http, request), this::cameFromAService);
    }

    private boolean cameFromAService(HttpResponse<String> response) {
        boolean nobody = response.statusCode() == 503 && response.body().contains("\"detail\":\"No replica of ");
        if (nobody) {
            unready++;
        }
        return !nobody;
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request.method() + " " + request.uri() + " got no answer", e);
        }
    }
}
