package com.eventuall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A local stack of its own, started by {@code deploy/local/up} on a free port, as a user would. */
public final class Stack implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(15);
    /** A store that is started answers when it takes connections. */
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(90);

    /** Absent where somebody else started the stack. */
    private final Optional<Process> process;

    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final URI origin;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CALL_LIMIT)
            .build();

    private Stack(Optional<Process> process, URI origin) {
        this.process = process;
        this.origin = origin;
    }

    /** Starts a stack and waits until it is ready. */
    public static Stack start(String... options) {
        Stack stack = launch(options);
        stack.awaitReady();
        return stack;
    }

    /** The stack that somebody else started, and will stop. */
    static Stack running(URI origin) {
        return new Stack(Optional.empty(), origin);
    }

    /** Starts a stack without waiting. */
    public static Stack launch(String... options) {
        try {
            int port = freePort();
            Path root = Path.of(System.getProperty("project.root"));
            List<String> command = new ArrayList<>(List.of(
                    root.resolve("deploy/local/up").toString(), "--no-build", "--port", Integer.toString(port)));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            // Whoever ends the tests ends the stack too; one that has ended already does not mind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stack-stop"));
            return new Stack(Optional.of(process), URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the line {@code READY …}; fails with all output if the process ends or the time is over. */
    public void awaitReady() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(ready), "stack-output");
        reader.setDaemon(true);
        reader.start();
        try {
            ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            process().destroyForcibly();
            throw new IllegalStateException("The stack did not start:\n" + String.join("\n", output), e);
        }
    }

    private void read(CompletableFuture<Void> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process().getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.equals("READY " + origin)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IllegalStateException("ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** The one origin: gateway, console and development routes. */
    public URI origin() {
        return origin;
    }

    /** The process that was started; all others hang on it. */
    public Process process() {
        return process.orElseThrow();
    }

    /** What the stack has printed. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** {@code GET /dev/info}. */
    public JsonNode info() {
        return json(get("/dev/info"));
    }

    /** Kills, pauses and starts one process of the stack. */
    public void signal(String name, String action) {
        HttpResponse<String> response = send(request("/dev/processes/" + name + "/" + action)
                .timeout(SIGNAL_LIMIT)
                .POST(BodyPublishers.noBody())
                .build());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(action + " " + name + ": " + response.body());
        }
    }

    /** A pass of the development issuer; {@code claims} are merged over the usual ones. */
    public String pass(String userId, String role, String eventId, JsonNode claims) {
        ObjectNode request = JSON.createObjectNode()
                .put("userId", userId)
                .put("name", "Name of " + userId)
                .put("eventId", eventId)
                .put("role", role)
                .put("ttlSeconds", 3600);
        request.set("claims", claims);
        return json(post("/dev/passes", request.toString())).get("pass").asText();
    }

    public String pass(String userId, String role, String eventId) {
        return pass(userId, role, eventId, JSON.createObjectNode());
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        return send(request.POST(BodyPublishers.ofString(body)).build());
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(method, path, BodyPublishers.ofString(body), headers);
    }

    public HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        return send(request(path, headers).method(method, body).build());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        path.startsWith("http") ? URI.create(path) : origin.resolve(path))
                .timeout(CALL_LIMIT);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpClient http() {
        return http;
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("No JSON: " + response.statusCode() + " " + response.body(), e);
        }
    }

    /** Stops the stack as an operator would (SIGTERM) and waits for its end. */
    @Override
    public void close() {
        process.ifPresent(this::stop);
    }

    private void stop(Process started) {
        started.destroy();
        try {
            if (!started.waitFor(60, TimeUnit.SECONDS)) {
                started.destroyForcibly();
                throw new IllegalStateException("The stack did not stop:\n" + String.join("\n", output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The directories of local stacks that exist on this machine. */
    public static List<Path> runDirectories() {
        try (var entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path -> path.getFileName().toString().startsWith("eventuall-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
