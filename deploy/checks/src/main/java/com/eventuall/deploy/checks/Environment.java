package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The environment variables of a workload's container. */
final class Environment {
    private final List<Variable> variables = new ArrayList<>();

    Environment(Manifests manifests, Resource workload) {
        Values values = new Values(manifests);
        for (JsonNode container : workload.containers()) {
            for (JsonNode from : container.path("envFrom")) {
                addAll(manifests, values, from);
            }
            for (JsonNode variable : container.path("env")) {
                Optional<String> value =
                        Optional.ofNullable(variable.get("value")).map(JsonNode::asText);
                variables.add(new Variable(variable.path("name").asText(), "env", value));
            }
        }
    }

    private void addAll(Manifests manifests, Values values, JsonNode from) {
        String map = from.at("/configMapRef/name").asText();
        manifests
                .find("ConfigMap", map)
                .ifPresent(found -> Resource.strings(found.tree().path("data"))
                        .forEach((key, value) ->
                                variables.add(new Variable(key, "ConfigMap/" + map, Optional.of(value)))));
        String secret = from.at("/secretRef/name").asText();
        Set<String> keys = values.secret(secret);
        if (keys != null) {
            keys.forEach(key -> variables.add(new Variable(key, "Secret/" + secret, Optional.empty())));
        }
    }

    List<Variable> variables() {
        return variables;
    }

    /** The value of a variable, if it is set and not secret. */
    Optional<String> value(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .reduce((first, last) -> last)
                .flatMap(Variable::value);
    }

    /** Names and where each is set, for those set more than once. */
    Map<String, List<String>> ambiguous() {
        return variables.stream()
                .collect(Collectors.groupingBy(
                        Variable::name, Collectors.mapping(Variable::source, Collectors.toList())))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().size() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether a variable is set. */
    boolean has(String name) {
        return variables.stream().map(Variable::name).anyMatch(name::equals);
    }

    /**
     * A variable.
     *
     * @param source where it is set
     * @param value empty if it is in a Secret
     */
    record Variable(String name, String source, Optional<String> value) {}
}
