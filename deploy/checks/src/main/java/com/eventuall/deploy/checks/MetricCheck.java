package com.eventuall.deploy.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alerts, dashboards and scalers ask only for metrics that the services have: a wrong name is silence, not an error. */
public final class MetricCheck implements Check {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Made by Prometheus itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    private final Set<String> catalogue;

    /** @param catalogue a file whose lines begin with a metric's name, as written by {@code collect.mjs} */
    public MetricCheck(Path catalogue) {
        this.catalogue = namesIn(catalogue);
    }

    static Set<String> namesIn(Path catalogue) {
        try (Stream<String> lines = Files.lines(catalogue)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t")[0])
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        manifests
                .ofKind("PrometheusRule")
                .forEach(rules ->
                        rules.spec().findValuesAsText("expr").forEach(query -> inspect(rules, query, findings)));
        manifests
                .ofKind("ScaledObject")
                .forEach(scaler ->
                        scaler.spec().findValuesAsText("query").forEach(query -> inspect(scaler, query, findings)));
        manifests
                .ofKind("ConfigMap")
                .filter(map -> map.at("/metadata/labels").has("grafana_dashboard"))
                .forEach(map -> Resource.strings(map.tree().path("data"))
                        .values()
                        .forEach(dashboard -> {
                            List<String> queries =
                                    read(map, dashboard, findings).findValuesAsText("expr");
                            if (queries.isEmpty()) {
                                findings.add(Finding.of(map, "shows nothing"));
                            }
                            queries.forEach(query -> inspect(map, query, findings));
                        }));
        return findings;
    }

    private static JsonNode read(Resource map, String dashboard, List<Finding> findings) {
        try {
            return JSON.readTree(dashboard);
        } catch (JsonProcessingException e) {
            findings.add(Finding.of(map, "is no JSON: %s", e.getOriginalMessage()));
            return JSON.createObjectNode();
        }
    }

    private void inspect(Resource resource, String query, List<Finding> findings) {
        PromQl.metricsIn(query).stream()
                .filter(name -> !catalogue.contains(name) && !OF_PROMETHEUS.contains(name))
                .forEach(name -> findings.add(Finding.of(resource, "there is no metric %s", name)));
    }
}
