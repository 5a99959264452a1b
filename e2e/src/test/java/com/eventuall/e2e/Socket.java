package com.eventuall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A plain WebSocket client that keeps all it hears: what any browser would see. */
public final class Socket implements WebSocket.Listener, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;

    private Socket() {}

    /** Opens a socket with the pass as second subprotocol. */
    public static Socket open(HttpClient http, String url, String protocol, String pass) {
        Socket client = new Socket();
        client.socket = builder(http, null)
                .subprotocols(protocol, carrier(pass))
                .buildAsync(URI.create(url), client)
                .join();
        return client;
    }

    /** The status with which an upgrade is refused; empty if it is not. */
    public static Optional<Integer> refusal(
            HttpClient http, String url, String protocol, @Nullable String pass, @Nullable String origin) {
        WebSocket.Builder builder = builder(http, origin);
        if (pass == null) {
            builder.subprotocols(protocol);
        } else {
            builder.subprotocols(protocol, carrier(pass));
        }
        try {
            builder.buildAsync(URI.create(url), new Socket()).join().abort();
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return Optional.of(refused.getResponse().statusCode());
            }
            throw e;
        }
    }

    private static WebSocket.Builder builder(HttpClient http, @Nullable String origin) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(LIMIT);
        return origin == null ? builder : builder.header("Origin", origin);
    }

    private static String carrier(String pass) {
        return URLEncoder.encode("quarkus-http-upgrade#Authorization#Bearer " + pass, StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                messages.add(Stack.JSON.readTree(partial.toString()));
            } catch (IOException e) {
                closed.completeExceptionally(e);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    public void send(String text) {
        open().sendText(text, true).join();
    }

    /** Everything that has come so far. */
    public List<JsonNode> messages() {
        return messages;
    }

    /** Waits for a message. */
    public JsonNode await(Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(() -> messages.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for the first message of a type. */
    public JsonNode await(String type) {
        return await(message -> type.equals(message.path("type").asText()));
    }

    /** Waits for the server's close code. */
    public int awaitClose(Duration limit) {
        return closed.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    /** Breaks the connection without a word. */
    public void abort() {
        open().abort();
    }

    @Override
    public void close() {
        open().sendClose(WebSocket.NORMAL_CLOSURE, "bye");
    }

    private WebSocket open() {
        if (socket == null) {
            throw new IllegalStateException("not open");
        }
        return socket;
    }
}
