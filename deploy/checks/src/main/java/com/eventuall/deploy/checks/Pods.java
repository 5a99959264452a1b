package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of pods of an overlay, those that operators make of its resources included. */
final class Pods {
    private final List<Kind> kinds = new ArrayList<>();

    Pods(Manifests manifests) {
        manifests
                .workloads()
                .forEach(workload ->
                        kinds.add(new Kind(workload.toString(), workload.podLabels(), containerPorts(workload))));
        manifests
                .ofKind("Kafka")
                .forEach(kafka -> kinds.add(new Kind(
                        kafka.toString(),
                        Map.of("strimzi.io/cluster", kafka.name(), "strimzi.io/kind", "Kafka"),
                        Map.of())));
        manifests
                .ofKind("Cluster")
                .forEach(cluster -> kinds.add(new Kind(
                        cluster.toString(), Map.of("cnpg.io/cluster", cluster.name()), Map.of("postgresql", 5432))));
    }

    /** Those that a selector selects. */
    List<Kind> selected(Selector selector) {
        return kinds.stream().filter(kind -> selector.matches(kind.labels())).toList();
    }

    private static Map<String, Integer> containerPorts(Resource workload) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (JsonNode container : workload.containers()) {
            container
                    .path("ports")
                    .forEach(port -> ports.put(
                            port.path("name").asText(),
                            port.path("containerPort").asInt()));
        }
        return ports;
    }

    /**
     * Pods of one workload.
     *
     * @param owner what makes them, as in {@code Deployment/chat-service}
     * @param ports their containers' ports by name
     */
    record Kind(String owner, Map<String, String> labels, Map<String, Integer> ports) {
        /** Whether there is such a port, by name or number. */
        boolean hasPort(JsonNode nameOrNumber) {
            return nameOrNumber.isTextual()
                    ? ports.containsKey(nameOrNumber.asText())
                    : ports.containsValue(nameOrNumber.asInt());
        }
    }
}
