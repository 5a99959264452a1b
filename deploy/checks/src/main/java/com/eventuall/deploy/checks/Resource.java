package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Kubernetes resource as a tree. */
public record Resource(JsonNode tree) {
    /** As in {@code apps/v1}. */
    public String apiVersion() {
        return tree.path("apiVersion").asText();
    }

    /** As in {@code apps}; empty for the core group. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    /** As in {@code Deployment}. */
    public String kind() {
        return tree.path("kind").asText();
    }

    /** {@code metadata.name}. */
    public String name() {
        return tree.path("metadata").path("name").asText();
    }

    /** The node at a JSON pointer; a missing node if there is none. */
    public JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /** {@code spec}. */
    public JsonNode spec() {
        return tree.path("spec");
    }

    /** The pod's labels if this makes pods. */
    public Map<String, String> podLabels() {
        return strings(at("/spec/template/metadata/labels"));
    }

    /** The containers if this makes pods, init containers included. */
    public List<JsonNode> containers() {
        JsonNode pod = at("/spec/template/spec");
        return Stream.of("initContainers", "containers")
                .flatMap(field -> StreamSupport.stream(pod.path(field).spliterator(), false))
                .toList();
    }

    /** Whether this makes pods of a template. */
    public boolean isWorkload() {
        return group().equals("apps");
    }

    /** An object of strings as a map, in its order. */
    static Map<String, String> strings(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    /** {@code Kind/name}. */
    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
