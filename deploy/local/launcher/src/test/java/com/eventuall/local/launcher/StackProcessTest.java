package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a process, with its stores and gateway but without services (none is built in its root), since what is
 * promised about its end can only be seen from outside.
 */
class StackProcessTest {
    static {
        QuietLogs.install();
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process started;
    private String origin = "";

    @TempDir
    private Path root;

    @AfterEach
    void stop() {
        if (started != null) {
            started.destroyForcibly();
        }
    }

    @Test
    void dataStaysAndNothingElseAfterBothKindsOfEnd() throws Exception {
        Path data = root.resolve("data");
        Process killed = start(data);
        assertThat(post("/dev/revocations", "{\"userId\":\"u1\",\"eventId\":\"e1\"}")
                        .statusCode())
                .isEqualTo(204);
        JsonObject first = info();
        // A stopped process cannot end by itself, nor can a server whose parts are stopped.
        assertThat(post("/dev/processes/postgres/pause", "").statusCode()).isEqualTo(200);

        killed.destroyForcibly().waitFor();

        assertNothingIsLeft(first);
        Process terminated = start(data);
        JsonObject second = info();
        assertThat(redis(second, "EXISTS revoked:e1:u1")).isEqualTo(":1");
        ConsumerRecord<String, String> event = onlyEvent(second, "pass-revoked");
        assertThat(new JsonObject(event.value()).getString("userId")).isEqualTo("u1");
        assertThat(new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .isEqualTo("com.eventuall.pass.revoked.v1");

        terminated.destroy();

        assertThat(terminated.waitFor()).as("exit status after SIGTERM").isEqualTo(143);
        assertNothingIsLeft(second);
    }

    @Test
    void storesComeBackOnTheirPortsAfterAKill() throws Exception {
        start(root.resolve("data"));
        JsonObject before = info();
        for (String store : List.of("redis", "postgres", "kafka")) {
            assertThat(post("/dev/processes/" + store + "/kill", "").statusCode())
                    .isEqualTo(200);
        }
        assertThat(stores(info())).allMatch(store -> store.getString("state").equals("stopped"));

        for (String store : List.of("redis", "postgres", "kafka")) {
            assertThat(post("/dev/processes/" + store + "/start", "").statusCode())
                    .isEqualTo(200);
        }
        assertThat(stores(info())).allMatch(store -> store.getString("state").equals("ready"));
        assertThat(info().getString("kafka")).isEqualTo(before.getString("kafka"));
        assertThat(post("/dev/revocations", "{\"userId\":\"u1\",\"eventId\":\"e1\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    private Process start(Path data) throws IOException {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=1",
                        "-Deventuall.root=" + root,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started = launcher;
        BufferedReader output = launcher.inputReader(StandardCharsets.UTF_8);
        String ready = output.lines()
                .filter(line -> line.startsWith("READY "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the launcher ended before it was ready"));
        origin = ready.substring("READY ".length());
        return launcher;
    }

    private static void assertNothingIsLeft(JsonObject info) {
        List<Long> pids = stores(info).map(store -> store.getLong("pid")).toList();
        assertThat(pids).hasSize(3).allMatch(pid -> pid > 0);
        Path run = Path.of(info.getString("logs")).getParent();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(pids)
                    .noneMatch(pid ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
            assertThat(run).doesNotExist();
        });
    }

    private static Stream<JsonObject> stores(JsonObject info) {
        JsonArray stores = info.getJsonArray("stores");
        return IntStream.range(0, stores.size()).mapToObj(stores::getJsonObject);
    }

    private JsonObject info() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(origin + "/dev/info")).build();
        return new JsonObject(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String redis(JsonObject info, String command) throws IOException {
        String[] address = info.getString("redis").split(":", 2);
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[64];
            int length = socket.getInputStream().read(buffer);
            return new String(buffer, 0, length, StandardCharsets.US_ASCII).strip();
        }
    }

    private static ConsumerRecord<String, String> onlyEvent(JsonObject info, String topic) {
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, info.getString("kafka"));
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return !records.isEmpty();
            });
            assertThat(records).hasSize(1);
            return records.get(0);
        }
    }
}
