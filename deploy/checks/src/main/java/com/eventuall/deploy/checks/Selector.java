package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A label selector. */
record Selector(JsonNode tree) {
    /** Whether it selects something with these labels. An empty selector selects everything. */
    boolean matches(Map<String, String> labels) {
        return Resource.strings(tree.path("matchLabels")).entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && StreamSupport.stream(tree.path("matchExpressions").spliterator(), false)
                        .allMatch(expression -> holds(expression, labels));
    }

    /** The values that it names in {@code In} expressions: each should stand for something. */
    List<Map.Entry<String, String>> named() {
        return StreamSupport.stream(tree.path("matchExpressions").spliterator(), false)
                .filter(expression -> expression.path("operator").asText().equals("In"))
                .flatMap(expression -> StreamSupport.stream(
                                expression.path("values").spliterator(), false)
                        .map(value -> Map.entry(expression.path("key").asText(), value.asText())))
                .toList();
    }

    private static boolean holds(JsonNode expression, Map<String, String> labels) {
        String value = labels.get(expression.path("key").asText());
        boolean listed = StreamSupport.stream(expression.path("values").spliterator(), false)
                .anyMatch(candidate -> candidate.asText().equals(value));
        return switch (expression.path("operator").asText()) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
