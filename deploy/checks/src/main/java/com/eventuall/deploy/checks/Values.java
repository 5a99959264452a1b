package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The keys of all ConfigMaps and Secrets of an overlay, those that operators make of its resources included. */
final class Values {
    private final Map<String, Set<String>> configMaps = new HashMap<>();
    private final Map<String, Set<String>> secrets = new HashMap<>();

    Values(Manifests manifests) {
        manifests
                .ofKind("ConfigMap")
                .forEach(map -> configMaps
                        .computeIfAbsent(map.name(), name -> new HashSet<>())
                        .addAll(Resource.strings(map.tree().path("data")).keySet()));
        manifests.ofKind("Secret").forEach(secret -> {
            add(secret.name(), Resource.strings(secret.tree().path("data")).keySet());
            add(
                    secret.name(),
                    Resource.strings(secret.tree().path("stringData")).keySet());
        });
        manifests.ofKind("ExternalSecret").forEach(secret -> {
            for (JsonNode value : secret.at("/spec/data")) {
                add(
                        secret.at("/spec/target/name").asText(),
                        Set.of(value.path("secretKey").asText()));
            }
        });
        // Strimzi and CloudNativePG make these, with these keys.
        manifests.ofKind("KafkaUser").forEach(user -> add(user.name(), Set.of("password", "sasl.jaas.config")));
        manifests.ofKind("Kafka").forEach(kafka -> add(kafka.name() + "-cluster-ca-cert", Set.of("ca.crt", "ca.p12")));
        manifests.ofKind("Cluster").forEach(cluster -> {
            add(cluster.name() + "-app", Set.of("username", "password", "dbname", "host", "port", "uri", "jdbc-uri"));
            add(cluster.name() + "-ca", Set.of("ca.crt"));
        });
    }

    private void add(String secret, Set<String> keys) {
        secrets.computeIfAbsent(secret, name -> new HashSet<>()).addAll(keys);
    }

    /** The keys of a ConfigMap; null if there is none of that name. */
    @org.jspecify.annotations.Nullable
    Set<String> configMap(String name) {
        return configMaps.get(name);
    }

    /** The keys of a Secret; null if there is none of that name. */
    @org.jspecify.annotations.Nullable
    Set<String> secret(String name) {
        return secrets.get(name);
    }
}
