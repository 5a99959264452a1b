package com.eventuall.deploy.checks;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Our own JSON Schemas of resources for which no Java model is published. */
final class Schemas {
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Optional<Schema>> schemas = new ConcurrentHashMap<>();

    /** What is wrong with a resource; a kind without a schema is wrong as a whole. */
    List<String> problems(Resource resource) {
        return schemas.computeIfAbsent(resource.group() + "_" + resource.kind(), this::load)
                .map(schema -> schema.validate(resource.tree().toString(), InputFormat.JSON).stream()
                        .map(Object::toString)
                        .toList())
                .orElseGet(() -> List.of("nothing describes " + resource.apiVersion() + " " + resource.kind()));
    }

    private Optional<Schema> load(String name) {
        try (InputStream file = Schemas.class.getResourceAsStream("/schemas/" + name + ".schema.json")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(registry.getSchema(
                            new String(file.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
