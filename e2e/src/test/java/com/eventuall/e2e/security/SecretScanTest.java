package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Last of all: after what the other tests did to the shared stack, none of its secrets, passes, tokens and stream keys is in
 * any log, event, metric, or file of a store.
 */
@Tag("on-request")
@SecurityTest
@Order(Integer.MAX_VALUE)
class SecretScanTest {
    private static final String ROOM = "/v1/events/scan/rooms/main/";

    @Test
    void noSecretIsAnywhere(Stack stack, Figures figures) throws IOException {
        String streamKey = record(stack);
        Map<String, String> secrets = new HashMap<>(figures.secrets());
        secrets.put("stream key", streamKey);
        secrets.putAll(credentials(stack.info()));
        assertThat(secrets).hasSizeGreaterThan(8);

        Path logs = Path.of(stack.info().get("logs").asText());
        positiveControl(logs, secrets);

        SecretScanner shown = new SecretScanner(secrets, true);
        shown.directory(logs);
        shown.text("output of the stack", String.join("\n", stack.output()));
        for (JsonNode process : stack.info().get("processes")) {
            String port = process.get("managementPort").asText();
            shown.text(
                    "metrics of " + process.get("name").asText(),
                    stack.get("http://127.0.0.1:" + port + "/q/metrics").body());
        }
        try (KafkaTopics topics = new KafkaTopics(stack)) {
            topics.everything().forEach(record -> shown.text("Kafka", record));
        }
        // Stores are files nobody reads as text, so only what is known is looked for.
        SecretScanner stored = new SecretScanner(secrets, false);
        stored.directory(logs.getParent());

        Set<String> found = new HashSet<>(shown.found());
        found.addAll(stored.found());
        figures.scanned(shown.bytes() + stored.bytes(), found.size());
        assertThat(shown.bytes()).isGreaterThan(10_000);
        assertThat(found).isEmpty();
    }

    /** Has a recording made, so that there is a stream key to be found. */
    private static String record(Stack stack) {
        String pass = "Bearer " + stack.pass("mod", "moderator", "scan");
        HttpResponse<String> started =
                stack.post(ROOM + "recordings", "{}", "Authorization", pass, "Content-Type", "application/json");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String id = Stack.json(started).get("id").asText();
        JsonNode stream = await("the recording's stream")
                .atMost(Duration.ofSeconds(60))
                .until(() -> stream(stack, id), found -> !found.isMissingNode());
        await("the recording runs")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Stack.json(stack.get(ROOM + "recordings/" + id, "Authorization", pass))
                        .get("state")
                        .asText()
                        .equals("RECORDING"));
        stack.post(ROOM + "recordings/" + id + "/stop", "", "Authorization", pass);
        return stream.get("stream_key").asText();
    }

    private static JsonNode stream(Stack stack, String recordingId) {
        JsonNode streams = Stack.json(stack.get("/sandbox/mux/state")).get("live_streams");
        for (JsonNode stream : streams) {
            if (stream.path("passthrough").asText().contains(recordingId) && stream.hasNonNull("stream_key")) {
                return stream;
            }
        }
        return MissingNode.getInstance();
    }

    private static Map<String, String> credentials(JsonNode info) {
        Map<String, String> secrets = new HashMap<>();
        for (String path : new String[] {
            "/livekit/apiSecret", "/twilio/authToken", "/twilio/apiKeySecret", "/mux/tokenSecret", "/mux/webhookSecret"
        }) {
            String secret = info.at(path).asText();
            assertThat(secret).as(path).hasSizeGreaterThan(8);
            secrets.put(path, secret);
        }
        return secrets;
    }

    /** Plants every secret in a log file of its own: a scan that misses one of them proves nothing. */
    private static void positiveControl(Path logs, Map<String, String> secrets) throws IOException {
        Path planted = logs.resolve("planted.log");
        Files.writeString(planted, String.join("\n", secrets.values()));
        try {
            SecretScanner scanner = new SecretScanner(secrets, false);
            scanner.directory(logs);
            assertThat(scanner.found().stream().filter(found -> found.contains("planted.log")))
                    .hasSize(secrets.size());
        } finally {
            Files.delete(planted);
        }
    }
}
