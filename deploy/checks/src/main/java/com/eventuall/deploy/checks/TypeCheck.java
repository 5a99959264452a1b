package com.eventuall.deploy.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Types, enumerations and required fields, by the npm package kubernetes-models and its kin, which are generated from
 * Kubernetes' own API description. It knows nothing of fields that do not exist: {@link FieldCheck} does.
 */
public final class TypeCheck implements Check {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path script;

    /** @param script {@code check-types.mjs}, its packages installed beside it */
    public TypeCheck(Path script) {
        this.script = script;
    }

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        JsonNode answers = ask(manifests);
        for (int i = 0; i < answers.size(); i++) {
            Resource resource = manifests.resources().get(i);
            answers.get(i).forEach(problem -> findings.add(Finding.of(resource, "%s", problem.asText())));
        }
        return findings;
    }

    /** The resources of kinds that this layer does not know. */
    public List<Resource> unknown(Manifests manifests) {
        JsonNode answers = ask(manifests);
        List<Resource> unknown = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).isNull()) {
                unknown.add(manifests.resources().get(i));
            }
        }
        return unknown;
    }

    private JsonNode ask(Manifests manifests) {
        try {
            String input = JSON.writeValueAsString(
                    manifests.resources().stream().map(Resource::tree).toList());
            JsonNode answers =
                    JSON.readTree(new Tool("node").run(input, script.toString()).orThrow());
            if (answers.size() != manifests.resources().size()) {
                throw new IllegalStateException(
                        answers.size() + " answers for " + manifests.resources().size());
            }
            return answers;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
