package com.eventuall.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of the presence socket fit their schemas, and the tables that other languages read equal the enums. */
class SocketContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @ValueSource(strings = {"hello", "snapshot", "patch", "drain", "error", "heartbeat", "leave", "resync"})
    void sampleFitsItsSchemaAndNoOther(String message) throws IOException {
        String sample = resource("contracts/ws/samples/presence-" + message + ".json");
        assertThat(schema(message).validate(sample, InputFormat.JSON)).isEmpty();

        String other = message.equals("hello") ? "leave" : "hello";
        assertThat(schema(other).validate(sample, InputFormat.JSON)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "snapshot", "patch", "drain", "error", "heartbeat", "leave", "resync"})
    void everyRequiredFieldIsMissed(String message) throws IOException {
        for (JsonNode required : JSON.readTree(resource(schemaName(message))).get("required")) {
            ObjectNode broken =
                    (ObjectNode) JSON.readTree(resource("contracts/ws/samples/presence-" + message + ".json"));
            broken.remove(required.asText());
            assertThat(schema(message).validate(broken.toString(), InputFormat.JSON))
                    .as("without %s", required)
                    .isNotEmpty();
        }
    }

    @Test
    void closeCodeTableEqualsTheEnum() throws IOException {
        ArrayNode expected = JSON.createArrayNode();
        for (CloseCode code : CloseCode.values()) {
            expected.addObject()
                    .put("name", wireName(code))
                    .put("code", code.code())
                    .put("reason", code.reason())
                    .put("policy", wireName(code.policy()));
        }
        assertThat(JSON.readTree(resource("contracts/ws/close-codes.json"))).isEqualTo(expected);
    }

    @Test
    void errorTableEqualsTheEnum() throws IOException {
        ArrayNode expected = JSON.createArrayNode();
        for (ErrorCode error : ErrorCode.values()) {
            expected.addObject()
                    .put("code", error.code())
                    .put("status", error.status())
                    .put("title", error.title());
        }
        assertThat(JSON.readTree(resource("contracts/error-codes.json"))).isEqualTo(expected);
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String schemaName(String message) {
        return "contracts/ws/presence-" + message + ".schema.json";
    }

    private static Schema schema(String message) throws IOException {
        return SCHEMAS.getSchema(resource(schemaName(message)), InputFormat.JSON);
    }

    private static String resource(String path) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SocketContractTest.class.getClassLoader().getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
