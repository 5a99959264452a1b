package com.eventuall.deploy.checks;

import com.eventuall.deploy.checks.source.ConfigKey;
import com.eventuall.deploy.checks.source.ServiceSource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Which environment variables mean something to a service: Quarkus' extensions describe their properties in their jars, the
 * Kafka client lists its own, and the rest is what the service's sources read.
 */
final class KnownKeys {
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Set<String> JWT =
            Set.of("mp.jwt.verify.publickey", "mp.jwt.verify.publickey.location", "mp.jwt.verify.issuer");

    private final Set<String> names = new HashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final Map<String, String> fixedAtBuild = new HashMap<>();

    KnownKeys() {
        try {
            for (URL model : Collections.list(KnownKeys.class.getClassLoader().getResources(MODEL))) {
                new ObjectMapper().readTree(model).path("configRoots").forEach(this::addItems);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProducerConfig.configNames().forEach(name -> add("kafka." + name));
        ConsumerConfig.configNames().forEach(name -> add("kafka." + name));
        JWT.forEach(this::add);
    }

    /** Whether some property is set by that variable, of a service. */
    boolean isKnown(String variable, ServiceSource service) {
        return names.contains(variable)
                || patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(variable).matches())
                || service.keys().stream().map(ConfigKey::property).anyMatch(key -> sets(variable, key))
                || service.properties().keySet().stream().anyMatch(key -> sets(variable, key));
    }

    /** The property that the variable would set, if it is one that only the build reads. */
    Optional<String> fixedAtBuild(String variable) {
        return Optional.ofNullable(fixedAtBuild.get(variable));
    }

    private static boolean sets(String variable, String property) {
        return ConfigKey.environmentName(property).equals(variable);
    }

    private void add(String property) {
        names.add(ConfigKey.environmentName(property));
    }

    private void addItems(JsonNode owner) {
        for (JsonNode item : owner.path("items")) {
            addItems(item);
            addPath(item, item.path("path"));
            item.path("additionalPaths").forEach(path -> addPath(item, path));
        }
    }

    private void addPath(JsonNode item, JsonNode path) {
        String variable = path.path("environmentVariable").asText();
        if (variable.isEmpty()) {
            return;
        }
        if (variable.contains("__")) {
            // A name of the user's choice stands between double underscores.
            patterns.add(Pattern.compile(variable.replaceAll("__[A-Z0-9_]+?__", "__[A-Z0-9_]+?__")));
        } else {
            names.add(variable);
        }
        if (!item.path("phase").asText("RUN_TIME").equals("RUN_TIME")) {
            fixedAtBuild.put(variable, path.path("property").asText());
        }
    }
}
