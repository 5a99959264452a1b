package com.eventuall.e2e.operation;

import static org.awaitility.Awaitility.await;

import com.eventuall.local.infra.ChildProcess;
import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One service as an operator starts it: its program and environment variables. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final RunDirectory run;
    private final int port = LoopbackPort.free();
    private final int managementPort = LoopbackPort.free();
    private final ChildProcess process;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Starts it and waits until it is ready. */
    ServiceProcess(RunDirectory run, String name, String service, PassIssuer passes, Map<String, String> settings) {
        this.run = run;
        this.name = name;
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("EVENTUALL_PUBLIC_URL", "http://127.0.0.1:" + port);
        environment.put("MP_JWT_VERIFY_PUBLICKEY", passes.publicKeyPem());
        environment.put("MP_JWT_VERIFY_ISSUER", PassIssuer.ISSUER);
        Path program = Path.of(System.getProperty("project.root"), service, "target/quarkus-app/quarkus-run.jar");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                program.toString());
        process = run.start(name, command, environment);
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            HttpResponse<String> health = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                            .build(),
                    BodyHandlers.ofString());
            if (health.statusCode() != 200) {
                throw new AssertionError(name + ": " + health.body() + "\n" + log());
            }
        });
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + port);
    }

    HttpClient http() {
        return http;
    }

    /** What it has logged. */
    String log() {
        try {
            return Files.readString(run.log(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
