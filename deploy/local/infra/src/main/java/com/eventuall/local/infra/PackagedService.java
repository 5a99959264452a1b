package com.eventuall.local.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A packaged service as a process of its own, on the same ports whenever it is started, for tests that kill and pause it. */
public final class PackagedService {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

    private final RunDirectory run;
    private final String name;
    private final Path program;
    private final Map<String, String> environment = new HashMap<>();
    private final int port = LoopbackPort.free();
    private final int managementPort = LoopbackPort.free();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();
    private volatile ChildProcess process;

    /**
     * Starts the service; it is not ready yet.
     *
     * @param program the module's {@code target/quarkus-app/quarkus-run.jar}
     * @param configuration by property name
     */
    public PackagedService(RunDirectory run, String name, Path program, Map<String, String> configuration) {
        this.run = run;
        this.name = name;
        this.program = program.toAbsolutePath();
        configuration.forEach((key, value) -> environment.put(variable(key), value));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        this.process = launch();
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private ChildProcess launch() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run.start(
                name,
                List.of(java, "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", program.toString()),
                environment);
    }

    public ChildProcess process() {
        return process;
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it again after its end. */
    public void restart() {
        process = launch();
    }

    /** Waits until it is ready; fails with its log if it ends or takes too long. */
    public void awaitReady() throws InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IllegalStateException(name + " is not ready:\n" + log());
            }
            Thread.sleep(200);
        }
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                .timeout(PROBE_LIMIT)
                .build();
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it has logged since its last start. */
    public String log() {
        try {
            return Files.readString(run.log(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
