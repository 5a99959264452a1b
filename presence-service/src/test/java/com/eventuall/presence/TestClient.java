package com.eventuall.presence;

import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A client of the presence socket that keeps the state and notes every breach of the rules of versions. */
public final class TestClient implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StringBuilder partial = new StringBuilder();
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final AtomicInteger binaries = new AtomicInteger();
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private volatile JsonObject state = new JsonObject();
    private volatile String epoch = "";
    private volatile long version = -1;
    private volatile int closeCode = -1;
    private volatile @Nullable WebSocket socket;

    /** Opens a socket at {@code http://host:port/path} with the pass that {@code request} asks for. */
    public static TestClient open(String address, PassIssuer issuer, PassRequest request) {
        TestClient client = new TestClient();
        String carrier = URLEncoder.encode(
                        "quarkus-http-upgrade#Authorization#Bearer " + issuer.issue(request), StandardCharsets.UTF_8)
                .replace("+", "%20");
        client.socket = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .subprotocols("presence.v1", carrier)
                .buildAsync(URI.create(address.replaceFirst("^http", "ws")), client)
                .join();
        return client;
    }

    /** Somebody in the room {@code main}, who has its first snapshot. */
    public static TestClient join(String root, String event, PassIssuer issuer, String userId) {
        TestClient client = open(
                root + "v1/events/" + event + "/rooms/main/presence",
                issuer,
                PassRequest.participant(event, userId).withTtlSeconds(600));
        await().until(() -> client.count("snapshot") == 1);
        return client;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            receive(new JsonObject(partial.toString()));
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        compressed.writeBytes(part);
        if (last) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.toByteArray()))) {
                receive(new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException notGzip) {
                breaches.add("a binary message that is not compressed");
            }
            compressed.reset();
            binaries.incrementAndGet();
        }
        webSocket.request(1);
        return null;
    }

    /** How many binary messages have come. */
    public int binaries() {
        return binaries.get();
    }

    private void receive(JsonObject message) {
        switch (message.getString("type")) {
            case "snapshot" -> {
                String next = message.getString("epoch");
                if (next.equals(epoch) && message.getLong("version") < version) {
                    breaches.add("snapshot goes back to " + message.getLong("version") + " from " + version);
                }
                epoch = next;
                version = message.getLong("version");
                state = message.getJsonObject("state");
            }
            case "patch" -> {
                if (message.getLong("from") != version || message.getLong("version") <= version) {
                    breaches.add("at " + version + " got " + message.encode());
                }
                JsonObject patched = state.copy();
                mergePatch(patched, message.getJsonObject("state"));
                state = patched;
                version = message.getLong("version");
            }
            default -> {}
        }
        received.add(message);
    }

    private static void mergePatch(JsonObject target, JsonObject patch) {
        patch.forEach(entry -> {
            Object value = entry.getValue();
            if (value == null) {
                target.remove(entry.getKey());
            } else if (value instanceof JsonObject object) {
                Object old = target.getValue(entry.getKey());
                JsonObject inner = old instanceof JsonObject known ? known : new JsonObject();
                mergePatch(inner, object);
                target.put(entry.getKey(), inner);
            } else {
                target.put(entry.getKey(), value);
            }
        });
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        if (closeCode == -1) {
            closeCode = 1006;
        }
    }

    public JsonObject state() {
        return state;
    }

    public String epoch() {
        return epoch;
    }

    public long version() {
        return version;
    }

    public int closeCode() {
        return closeCode;
    }

    public List<JsonObject> received() {
        return List.copyOf(received);
    }

    public List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** How many messages of that type have come. */
    public long count(String type) {
        return received.stream()
                .filter(message -> message.getString("type").equals(type))
                .count();
    }

    /** The status this client sees of somebody; null if it does not see them. */
    public @Nullable String statusOf(String userId) {
        JsonObject people = state.getJsonObject("participants");
        JsonObject person = people == null ? null : people.getJsonObject(userId);
        return person == null ? null : person.getString("status");
    }

    public void send(String text) {
        opened().sendText(text, true).join();
    }

    /** Says goodbye. */
    public void close() {
        opened().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Closes with a code of its own, as browsers do with a socket that has a successor. */
    public void move() {
        opened().sendClose(4000, "").join();
    }

    /** Vanishes without a word. */
    public void abort() {
        opened().abort();
    }

    private WebSocket opened() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** Waits up to ten seconds. */
    public static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(10));
    }
}
