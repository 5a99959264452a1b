package com.eventuall.e2e.faults.client;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A browser's presence socket: sends heartbeats, comes back after a loss with full jitter and asks for what it missed, and
 * leaves only when told to.
 */
public final class PresenceClient {
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 5_000;
    private static final int BROKEN = 1006;

    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final History history;
    private final Person person;
    private final String client;
    private final Random random;
    private volatile URI origin;

    private @Nullable Connection current;
    private String epoch = "";
    private long version = -1;
    private boolean wanted;
    private int failures;
    private volatile long since;

    /** @param client tells the sockets of one person apart */
    public PresenceClient(
            HttpClient http,
            ScheduledExecutorService timer,
            History history,
            Person person,
            String client,
            URI origin,
            long seed) {
        this.http = http;
        this.timer = timer;
        this.history = history;
        this.person = person;
        this.client = client;
        this.origin = origin;
        this.random = new Random(seed);
    }

    public Person person() {
        return person;
    }

    /** Connects by another way from the next time on, such as a proxy. */
    public void via(URI other) {
        origin = other;
    }

    public synchronized void connect() {
        wanted = true;
        if (current == null) {
            open();
        }
    }

    public synchronized boolean isOpen() {
        return current != null && current.greeted;
    }

    /** Milliseconds since the socket was greeted; 0 while there is none. Takes no lock: listeners of the history may ask. */
    public long openFor() {
        long began = since;
        return began == 0 ? 0 : System.currentTimeMillis() - began;
    }

    /** Leaves cleanly. */
    public synchronized void leave() {
        wanted = false;
        Connection leaving = current;
        if (leaving != null && leaving.socket != null) {
            WebSocket socket = leaving.socket;
            ended(leaving, 1000, true);
            socket.sendText("{\"type\":\"leave\"}", true)
                    .thenCompose(sent -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                    .exceptionally(gone -> socket);
        }
    }

    /** Breaks the connection without a word, and stays away until {@link #connect}. */
    public synchronized void vanish() {
        wanted = false;
        Connection breaking = current;
        if (breaking != null && breaking.socket != null) {
            breaking.socket.abort();
            ended(breaking, BROKEN, true);
        }
    }

    /** Breaks the connection and comes back at once. */
    public synchronized void drop() {
        Connection breaking = current;
        if (breaking != null && breaking.socket != null) {
            breaking.socket.abort();
            ended(breaking, BROKEN, true);
        }
    }

    private void open() {
        Connection connection = new Connection();
        current = connection;
        String query = version < 0 ? "" : "?epoch=" + epoch + "&version=" + version;
        URI uri = URI.create(
                origin.toString().replaceFirst("^http", "ws") + person.room().path() + "/presence" + query);
        String carrier = URLEncoder.encode(
                        "quarkus-http-upgrade#Authorization#Bearer " + person.pass(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        http.newWebSocketBuilder()
                .connectTimeout(java.time.Duration.ofSeconds(10))
                .subprotocols("presence.v1", carrier)
                .buildAsync(uri, connection)
                .whenComplete((socket, failure) -> opened(connection, socket, failure));
    }

    private synchronized void opened(Connection connection, @Nullable WebSocket socket, @Nullable Throwable failure) {
        if (failure != null) {
            if (current == connection) {
                current = null;
                comeBack();
            }
            return;
        }
        connection.socket = socket;
        if (current != connection && socket != null) {
            socket.abort();
        }
    }

    private void comeBack() {
        if (!wanted) {
            return;
        }
        long most = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 6));
        failures++;
        timer.schedule(this::retry, random.nextLong(most) + 1, TimeUnit.MILLISECONDS);
    }

    private synchronized void retry() {
        if (wanted && current == null) {
            open();
        }
    }

    private synchronized void heard(Connection connection, JsonNode message) {
        if (connection != current) {
            return;
        }
        switch (message.path("type").asText()) {
            case "hello" -> {
                connection.beat = message.path("heartbeatMs").asLong(30_000);
                timer.schedule(() -> beat(connection), connection.beat, TimeUnit.MILLISECONDS);
            }
            case "snapshot" -> {
                epoch = message.get("epoch").asText();
                version = message.get("version").asLong();
                state(connection, "snapshot", message);
            }
            case "patch" -> {
                version = message.get("version").asLong();
                state(connection, "patch", message);
            }
            default -> {}
        }
        // A client that was up to date is told nothing, so its greeting is all it gets.
        if (!connection.greeted
                && (message.path("type").asText().equals("hello") && version >= 0
                        || message.path("type").asText().equals("snapshot"))) {
            connection.greeted = true;
            failures = 0;
            since = System.currentTimeMillis();
            history.add(
                    "opened",
                    person.room().key(),
                    person.userId(),
                    History.data().put("client", client));
        }
    }

    private void state(Connection connection, String kind, JsonNode message) {
        ObjectNode data = message.deepCopy();
        data.remove("type");
        data.put("client", client);
        history.add(kind, person.room().key(), person.userId(), data);
    }

    private void beat(Connection connection) {
        WebSocket socket = connection.socket;
        synchronized (this) {
            if (connection != current || socket == null) {
                return;
            }
        }
        socket.sendText("{\"type\":\"heartbeat\",\"status\":\"online\"}", true).exceptionally(gone -> socket);
        timer.schedule(() -> beat(connection), connection.beat, TimeUnit.MILLISECONDS);
    }

    private synchronized void ended(Connection connection, int code, boolean asked) {
        if (connection != current) {
            return;
        }
        current = null;
        since = 0;
        if (connection.greeted) {
            history.add(
                    "closed",
                    person.room().key(),
                    person.userId(),
                    History.data().put("client", client).put("code", code).put("asked", asked));
        }
        comeBack();
    }

    private final class Connection implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();
        private volatile @Nullable WebSocket socket;
        private boolean greeted;
        private long beat = 30_000;

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                String message = partial.toString();
                partial.setLength(0);
                try {
                    heard(this, Stack.JSON.readTree(message));
                } catch (IOException e) {
                    throw new IllegalStateException(message, e);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended(this, code, false);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            ended(this, BROKEN, false);
        }
    }
}
