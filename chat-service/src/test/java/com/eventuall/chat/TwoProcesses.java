package com.eventuall.chat;

import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.ChildProcess;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.EmbeddedPostgres;
import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.sandbox.Exchange;
import com.eventuall.sandbox.SandboxServer;
import com.eventuall.sandbox.twilio.TwilioKeys;
import com.eventuall.sandbox.twilio.TwilioSandbox;
import io.vertx.core.Vertx;
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
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Two replicas of the packaged service as processes of their own, with everything they need. */
final class TwoProcesses implements AutoCloseable {
    private static final Path PACKAGED =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Duration START = Duration.ofMinutes(3);

    final HttpClient http = HttpClient.newHttpClient();
    final PassIssuer passes = PassIssuer.create();
    final Twilio twilio;
    final EmbeddedRedis redis;
    final EmbeddedPostgres postgres;

    private final RunDirectory run = RunDirectory.create();
    private final Vertx vertx = Vertx.vertx();
    private final SandboxServer sandbox;
    final EmbeddedKafka kafka;
    private final int[] ports = {LoopbackPort.free(), LoopbackPort.free()};
    private final int[] managementPorts = {LoopbackPort.free(), LoopbackPort.free()};
    private final ChildProcess[] replicas = new ChildProcess[2];

    TwoProcesses() {
        redis = EmbeddedRedis.inMemory(run);
        postgres = EmbeddedPostgres.temporary(run);
        postgres.ensureDatabase("chat");
        List<String> topics = Stream.of(EventType.values())
                .flatMap(type -> Stream.of(type.topic(), type.deadLetterTopic()))
                .toList();
        kafka = new EmbeddedKafka(run, 0, topics);
        kafka.start();
        TwilioKeys keys = TwilioKeys.generate();
        Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
        TwilioSandbox twilioSandbox = new TwilioSandbox(vertx, keys, true);
        twilioSandbox.observe(exchanges::add);
        sandbox = SandboxServer.start(vertx, 0, List.of(twilioSandbox));
        twilio = new Twilio(sandbox.baseUrl("twilio"), keys, exchanges);
    }

    /** Starts a replica (0 or 1) with settings of its own, and waits until it is ready. */
    void start(int replica, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports[replica]));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPorts[replica]));
        environment.put("QUARKUS_REDIS_HOSTS", redis.url());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.address());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl("chat"));
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl("chat"));
        environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        environment.put("MP_JWT_VERIFY_PUBLICKEY", passes.publicKeyPem());
        environment.put("MP_JWT_VERIFY_ISSUER", PassIssuer.ISSUER);
        environment.put("EVENTUALL_PUBLIC_URL", "https://live.example.com");
        environment.put("EVENTUALL_ENVIRONMENT", "test");
        environment.put("TWILIO_BASE_URL", twilio.baseUrl());
        environment.put("TWILIO_ACCOUNT_SID", twilio.keys().accountSid());
        environment.put("TWILIO_AUTH_TOKEN", twilio.keys().authToken());
        environment.put("TWILIO_API_KEY_SID", twilio.keys().apiKeySid());
        environment.put("TWILIO_API_KEY_SECRET", twilio.keys().apiKeySecret());
        environment.put("TWILIO_SERVICE_SID", twilio.keys().serviceSid());
        String java = ProcessHandle.current().info().command().orElse("java");
        replicas[replica] = run.start(
                "chat-" + replica,
                List.of(java, "-Xmx192m", "-XX:TieredStopAtLevel=1", "-jar", PACKAGED.toString()),
                environment);
        Awaitility.await().atMost(START).pollInterval(Duration.ofMillis(300)).until(() -> isReady(replica));
    }

    private boolean isReady(int replica) throws InterruptedException {
        if (!replicas[replica].isAlive()) {
            throw new IllegalStateException("the replica has ended: " + log(replica));
        }
        HttpRequest probe = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPorts[replica] + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String log(int replica) {
        try {
            return Files.readString(run.log("chat-" + replica));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** How often a replica's log says that an event loop was blocked, after that mark. */
    long blockedEventLoops(int replica, String mark) {
        try (Stream<String> lines = Files.lines(run.log("chat-" + replica))) {
            return lines.dropWhile(line -> !line.contains(mark))
                    .filter(line -> line.contains("has been blocked for"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a replica as a crash would. */
    void kill(int replica) {
        replicas[replica].kill();
    }

    URI address(int replica, String path) {
        return URI.create("http://127.0.0.1:" + ports[replica] + path);
    }

    @Override
    public void close() {
        for (ChildProcess replica : replicas) {
            if (replica != null) {
                replica.kill();
            }
        }
        kafka.stop();
        postgres.stop();
        redis.stop();
        sandbox.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        run.close();
    }
}
