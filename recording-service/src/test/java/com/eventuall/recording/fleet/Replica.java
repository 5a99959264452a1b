package com.eventuall.recording.fleet;

import com.eventuall.local.infra.ChildProcess;
import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The packaged service as a process of its own, which can be killed and paused. */
final class Replica {
    private static final Path PROGRAM =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final RunDirectory run;
    private final String name;
    private final Map<String, String> environment = new HashMap<>();
    private final int port = LoopbackPort.free();
    private final int managementPort = LoopbackPort.free();
    private ChildProcess process;

    Replica(RunDirectory run, String name, Map<String, String> configuration) {
        this.run = run;
        this.name = name;
        configuration.forEach((key, value) -> environment.put(variable(key), value));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.process = launch();
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private ChildProcess launch() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run.start(
                name,
                List.of(java, "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", PROGRAM.toString()),
                environment);
    }

    static boolean isBuilt() {
        return PROGRAM.toFile().exists();
    }

    ChildProcess process() {
        return process;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void restart() {
        process = launch();
    }

    /** Fails with what the process said last if it has ended by itself. */
    void checkRunning() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended:\n" + lastWords());
        }
    }

    private String lastWords() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** What it has logged. */
    String log() {
        try {
            return Files.readString(run.log(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean ready() {
        return process.isAlive() && send("GET", "http://127.0.0.1:" + managementPort + "/q/health/ready", "", 200);
    }

    /** Its counters at this moment by name and tags; none while it does not answer. */
    Map<String, Double> counters() {
        Map<String, Double> counters = new HashMap<>();
        try {
            String text = request("GET", "http://127.0.0.1:" + managementPort + "/q/metrics", "")
                    .body();
            text.lines().filter(line -> line.startsWith("eventuall_")).forEach(line -> {
                // An exemplar, with a value and a time of its own, may follow the value.
                String sample = line.replaceFirst(" # .*", "");
                int blank = sample.lastIndexOf(' ');
                counters.put(sample.substring(0, blank), Double.parseDouble(sample.substring(blank + 1)));
            });
        } catch (IllegalStateException e) {
            // It is starting or gone, and has counted nothing that anybody could ask for.
        }
        return counters;
    }

    private static boolean send(String method, String url, String pass, int status) {
        try {
            return request(method, url, pass).statusCode() == status;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Sends a request; fails when there is no answer. */
    static HttpResponse<String> request(String method, String url, String pass) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(Duration.ofSeconds(5))
                            .header("Authorization", "Bearer " + pass)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "{}" : ""))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
