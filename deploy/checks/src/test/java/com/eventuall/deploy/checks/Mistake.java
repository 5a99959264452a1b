package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/**
 * A mistake in the production overlay.
 *
 * @param resource {@code Kind/name}, the name without the suffix of its content
 * @param pointer the node that is changed
 * @param found part of what the check must say
 */
record Mistake(String title, Check check, String resource, String pointer, Consumer<JsonNode> edit, String found) {
    /** What kustomize makes a suffix of: without vowels, so that it is no word. */
    private static final String SUFFIX = "-[bcdfghkmt2456789]{10}";

    /** The check finds nothing before and this mistake after it is made. */
    void assertFound() {
        Manifests good = Project.render("production");
        assertThat(check.inspect(good)).isEmpty();
        assertThat(check.inspect(madeIn(good)))
                .anySatisfy(finding -> assertThat(finding.toString()).contains(found));
    }

    static Consumer<JsonNode> put(String field, String value) {
        return node -> ((ObjectNode) node).put(field, value);
    }

    static Consumer<JsonNode> put(String field, int value) {
        return node -> ((ObjectNode) node).put(field, value);
    }

    static Consumer<JsonNode> remove(String field) {
        return node -> assertThat(((ObjectNode) node).remove(field)).isNotNull();
    }

    static Consumer<JsonNode> add(String value) {
        return node -> ((ArrayNode) node).add(value);
    }

    private Manifests madeIn(Manifests good) {
        List<Resource> copy = good.resources().stream()
                .map(one -> new Resource(one.tree().deepCopy()))
                .toList();
        Resource target = copy.stream()
                .filter(candidate -> candidate.toString().equals(resource)
                        || candidate.toString().matches(resource + SUFFIX))
                .findFirst()
                .orElseThrow();
        edit.accept(target.at(pointer));
        return new Manifests(copy);
    }

    @Override
    public String toString() {
        return title;
    }
}
