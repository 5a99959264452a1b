package com.eventuall.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventType;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Record, schema and golden sample of every event type say the same. */
class EventContractTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @EnumSource
    void sampleFitsItsSchema(EventType type) throws IOException {
        assertThat(schema(type).validate(resource(sample(type)), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void sampleSurvivesItsRecordUnchanged(EventType type) throws IOException {
        JsonNode sample = JSON.readTree(resource(sample(type)));
        JsonNode read = JSON.readTree(JSON.writeValueAsString(JSON.treeToValue(sample, type.payload())));
        if (type == EventType.LIVEKIT_EVENT) {
            // LiveKit's JSON is passed on as it came; the record reads a part of it.
            assertThat(read.get("event")).isEqualTo(sample.get("event"));
            assertThat(read.at("/room/name")).isEqualTo(sample.at("/room/name"));
            assertThat(read.at("/track/sid")).isEqualTo(sample.at("/track/sid"));
            return;
        }
        assertThat(read).isEqualTo(sample);
    }

    @ParameterizedTest
    @EnumSource
    void everyRequiredFieldIsMissed(EventType type) throws IOException {
        Schema schema = schema(type);
        for (JsonNode required : JSON.readTree(resource(type.schemaResource())).get("required")) {
            ObjectNode broken = (ObjectNode) JSON.readTree(resource(sample(type)));
            broken.remove(required.asText());
            assertThat(schema.validate(broken.toString(), InputFormat.JSON))
                    .as("without %s", required)
                    .isNotEmpty();
        }
    }

    private static Schema schema(EventType type) throws IOException {
        return SCHEMAS.getSchema(resource(type.schemaResource()), InputFormat.JSON);
    }

    private static String sample(EventType type) {
        return "contracts/events/samples/" + type.topic() + ".json";
    }

    private static String resource(String path) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(EventContractTest.class.getClassLoader().getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
