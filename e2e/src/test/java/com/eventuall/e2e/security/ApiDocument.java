package com.eventuall.e2e.security;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the services say of themselves in OpenAPI. */
final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private ApiDocument() {}

    /**
     * One operation.
     *
     * @param parameters of path, query and header
     * @param bodyType media type of the request body; empty if it takes none
     * @param bodyFields the properties of a JSON body
     */
    record Operation(String method, String path, List<Parameter> parameters, String bodyType, List<String> bodyFields) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** @param in {@code path}, {@code query} or {@code header} */
    record Parameter(String in, String name, String type) {}

    /** The operations of every service of the stack. */
    static List<Operation> all(Stack stack) {
        List<Operation> operations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode process : stack.info().get("processes")) {
            if (seen.add(process.get("service").asText())) {
                int port = process.get("managementPort").asInt();
                operations.addAll(read(Stack.json(stack.get("http://127.0.0.1:" + port + "/q/openapi?format=json"))));
            }
        }
        return operations;
    }

    static List<Operation> read(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operations.add(operation(document, path, method));
                }
            }
        }
        return operations;
    }

    private static Operation operation(
            JsonNode document, Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> method) {
        List<Parameter> parameters = new ArrayList<>();
        path.getValue().path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        method.getValue().path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        JsonNode content = method.getValue().at("/requestBody/content");
        String type = content.isEmpty() ? "" : content.fieldNames().next();
        JsonNode schema = content.path(type).path("schema");
        if (schema.has("$ref")) {
            schema = document.at(schema.get("$ref").asText().substring(1));
        }
        List<String> fields = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        return new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), parameters, type, List.copyOf(fields));
    }

    private static Parameter parameter(JsonNode parameter) {
        return new Parameter(
                parameter.get("in").asText(),
                parameter.get("name").asText(),
                parameter.at("/schema/type").asText("string"));
    }
}
