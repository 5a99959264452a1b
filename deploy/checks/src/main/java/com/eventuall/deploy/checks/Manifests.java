package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All resources of one rendered overlay. */
public record Manifests(List<Resource> resources) {
    private static final YAMLMapper YAML = new YAMLMapper();

    public Manifests {
        resources = List.copyOf(resources);
    }

    /** Reads a stream of YAML documents. */
    public static Manifests parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return new Manifests(documents.readAll().stream()
                    .filter(JsonNode::isObject)
                    .map(Resource::new)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a kind. */
    public Stream<Resource> ofKind(String kind) {
        return resources.stream().filter(resource -> resource.kind().equals(kind));
    }

    /** The one of that kind and name. */
    public Optional<Resource> find(String kind, String name) {
        return ofKind(kind).filter(resource -> resource.name().equals(name)).findFirst();
    }

    /** Those that make pods. */
    public Stream<Resource> workloads() {
        return resources.stream().filter(Resource::isWorkload);
    }
}
