package com.eventuall.local.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All service processes, their readiness, and which of them gets the next request. */
final class Fleet {
    private static final Duration CHECK_EVERY = Duration.ofMillis(250);
    /** As in deploy/k8s: a process that is busy is not out of service. */
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(3);

    private final List<Replica> replicas;
    private final Map<String, List<Replica>> byService;
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
    private final Set<String> beingChecked = ConcurrentHashMap.newKeySet();

    Fleet(List<Replica> replicas) {
        this.replicas = List.copyOf(replicas);
        this.byService = replicas.stream().collect(Collectors.groupingBy(Replica::service));
    }

    List<Replica> replicas() {
        return replicas;
    }

    boolean has(String service) {
        return byService.containsKey(service);
    }

    boolean hasReady(String service) {
        return !ready(service).isEmpty();
    }

    private List<Replica> ready(String service) {
        return byService.getOrDefault(service, List.of()).stream()
                .filter(Replica::takesRequests)
                .toList();
    }

    /**
     * The replicas of a service that take requests, the one whose turn it is first; empty if there is none. Each call is
     * one turn.
     */
    List<Replica> inTurn(String service) {
        List<Replica> usable = ready(service);
        if (usable.isEmpty()) {
            return usable;
        }
        int turn = turns.computeIfAbsent(service, first -> new AtomicInteger()).getAndIncrement();
        int first = Math.floorMod(turn, usable.size());
        return IntStream.range(0, usable.size())
                .mapToObj(i -> usable.get((first + i) % usable.size()))
                .toList();
    }

    /** Asks every process for its readiness from now on, as Kubernetes does but more often. */
    void watch(Vertx vertx) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CHECK_LIMIT.toMillis())
                .setMaxPoolSize(1));
        vertx.setPeriodic(CHECK_EVERY.toMillis(), timer -> replicas.forEach(replica -> check(client, replica)));
    }

    private void check(HttpClient client, Replica replica) {
        if (!replica.isAlive() || !beingChecked.add(replica.name())) {
            return;
        }
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(replica.managementPort())
                .setURI("/q/health/ready")
                .setTimeout(CHECK_LIMIT.toMillis());
        client.request(request)
                .compose(ready -> ready.send())
                .compose(response -> response.body().map(body -> response.statusCode() == 200))
                .onComplete(result -> {
                    beingChecked.remove(replica.name());
                    replica.observe(result.succeeded() && result.result());
                });
    }
}
