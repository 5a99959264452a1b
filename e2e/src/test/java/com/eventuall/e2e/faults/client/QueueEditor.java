package com.eventuall.e2e.faults.client;

import com.eventuall.yjs.Doc;
import com.eventuall.yjs.YMap;
import com.eventuall.yjs.protocol.Message;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A moderator's Yjs document of the queue, kept in step with the service as y-websocket does, over any number of sockets. */
public final class QueueEditor {
    private static final int DOCUMENT_REPLACED = 4410;
    private static final long LONGEST_PAUSE = 2_000;

    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final History history;
    private final Person person;
    private final URI origin;
    private final Random random;
    private Doc doc = new Doc();
    private boolean applying;
    private boolean wanted;
    private @Nullable Connection current;
    private int failures;

    public QueueEditor(
            HttpClient http, ScheduledExecutorService timer, History history, Person person, URI origin, long seed) {
        this.http = http;
        this.timer = timer;
        this.history = history;
        this.person = person;
        this.origin = origin;
        this.random = new Random(seed);
        watch();
    }

    private void watch() {
        Doc watched = doc;
        watched.onUpdate(update -> {
            Connection connection = current;
            if (!applying && connection != null) {
                connection.send(new Message.Update(update));
            }
        });
    }

    public synchronized void connect() {
        wanted = true;
        if (current == null) {
            open();
        }
    }

    public synchronized void leave() {
        wanted = false;
        Connection leaving = current;
        current = null;
        if (leaving != null && leaving.socket != null) {
            leaving.socket.abort();
        }
    }

    public synchronized boolean isSynced() {
        return current != null && current.synced;
    }

    /** Puts somebody on the other list, as the browser package does. False if the document does not have that person. */
    public synchronized boolean put(String userId, String list) {
        YMap entry = doc.getMap("queue").getMap(userId);
        if (entry == null) {
            return false;
        }
        // A random key far behind: where in the list does not matter to the show.
        String rank = "b" + Integer.toString(36 * 36 + random.nextInt(34 * 36 * 36), 36) + "V";
        doc.transact(() -> {
            entry.set("list", list);
            entry.set("rank." + list, rank);
        });
        return true;
    }

    /** The lists in the order that all readers agree on. */
    public synchronized ObjectNode lists() {
        List<String[]> pending = new ArrayList<>();
        List<String[]> live = new ArrayList<>();
        YMap queue = doc.getMap("queue");
        for (String userId : queue.keys()) {
            YMap entry = queue.getMap(userId);
            if (entry != null) {
                boolean onStage = "live".equals(entry.get("list"));
                String rank = String.valueOf(entry.get(onStage ? "rank.live" : "rank.pending"));
                (onStage ? live : pending).add(new String[] {rank, userId});
            }
        }
        ObjectNode lists = History.data();
        fill(lists.putArray("pending"), pending);
        fill(lists.putArray("live"), live);
        return lists;
    }

    private static void fill(ArrayNode into, List<String[]> entries) {
        entries.sort(Comparator.comparing((String[] entry) -> entry[0]).thenComparing(entry -> entry[1]));
        entries.forEach(entry -> into.add(entry[1]));
    }

    /** {@code pending}, {@code live} or {@code none}. */
    public synchronized String place(String userId) {
        YMap entry = doc.getMap("queue").getMap(userId);
        return entry == null ? "none" : "live".equals(entry.get("list")) ? "live" : "pending";
    }

    private void open() {
        Connection connection = new Connection();
        current = connection;
        URI uri = URI.create(
                origin.toString().replaceFirst("^http", "ws") + person.room().path() + "/queue");
        String carrier = URLEncoder.encode(
                        "quarkus-http-upgrade#Authorization#Bearer " + person.pass(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        http.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .subprotocols("queue.v1", carrier)
                .buildAsync(uri, connection)
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        ended(connection, 1006);
                    }
                });
    }

    private synchronized void ended(Connection connection, int code) {
        if (connection != current) {
            return;
        }
        current = null;
        history.add(
                "queue-closed",
                person.room().key(),
                person.userId(),
                History.data().put("code", code));
        if (code == DOCUMENT_REPLACED) {
            doc = new Doc();
            watch();
        }
        if (wanted) {
            long most = Math.min(LONGEST_PAUSE, 200L << Math.min(failures, 6));
            failures++;
            timer.schedule(this::retry, random.nextLong(most) + 1, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void retry() {
        if (wanted && current == null) {
            open();
        }
    }

    private synchronized void heard(Connection connection, Message message) {
        if (connection != current) {
            return;
        }
        if (message instanceof Message.SyncStep1 step) {
            connection.send(new Message.SyncStep2(doc.encodeStateAsUpdate(step.stateVector())));
        } else if (message instanceof Message.SyncStep2 step) {
            apply(step.update());
            connection.synced = true;
            failures = 0;
        } else if (message instanceof Message.Update update) {
            apply(update.update());
        } else if (message instanceof Message.PermissionDenied refusal) {
            history.add(
                    "queue-denied",
                    person.room().key(),
                    person.userId(),
                    History.data().put("reason", refusal.reason()));
        }
    }

    private void apply(byte[] update) {
        applying = true;
        try {
            doc.applyUpdate(update);
        } finally {
            applying = false;
        }
    }

    private final class Connection implements WebSocket.Listener {
        private volatile @Nullable WebSocket socket;
        private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
        private byte[] partial = new byte[0];
        private boolean synced;

        /** One after the other, as the client insists; guarded by the editor. */
        void send(Message message) {
            WebSocket open = socket;
            if (open != null) {
                sending = sending.thenCompose(sent -> open.sendBinary(ByteBuffer.wrap(message.encode()), true))
                        .exceptionally(gone -> open);
            }
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            synchronized (QueueEditor.this) {
                send(new Message.SyncStep1(doc.stateVector()));
            }
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] joined = Arrays.copyOf(partial, partial.length + data.remaining());
            data.get(joined, partial.length, data.remaining());
            partial = last ? new byte[0] : joined;
            if (last) {
                heard(this, Message.decode(joined));
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended(this, code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            ended(this, 1006);
        }
    }
}
