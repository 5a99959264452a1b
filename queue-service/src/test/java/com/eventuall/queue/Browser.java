package com.eventuall.queue;

import com.eventuall.yjs.Doc;
import com.eventuall.yjs.protocol.AwarenessEntry;
import com.eventuall.yjs.protocol.AwarenessStates;
import com.eventuall.yjs.protocol.Message;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A browser with a Yjs document and a socket that speaks y-protocols, as y-websocket does. Works on one thread. */
final class Browser implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AwarenessStates others = new AwarenessStates();
    private final Doc doc;
    private volatile @Nullable WebSocket socket;
    private boolean applying;
    private volatile boolean synced;
    private volatile int closeCode = -1;
    private volatile @Nullable String denied;

    Browser(Doc doc) {
        this.doc = doc;
        doc.onUpdate(update -> {
            if (!applying) {
                send(new Message.Update(update));
            }
        });
    }

    static Browser open(URI base, String room, String pass) {
        Browser browser = new Browser(new Doc());
        browser.connect(base, room, pass);
        return browser;
    }

    void connect(URI base, String room, String pass) {
        URI url = URI.create(base.resolve("/").toString().replace("http", "ws") + room + "/queue");
        closeCode = -1;
        synced = false;
        HTTP.newWebSocketBuilder()
                .subprotocols("queue.v1", "quarkus-http-upgrade#Authorization#Bearer%20" + pass)
                .buildAsync(url, new Listener())
                .join();
    }

    /** Looks at or edits the document; edits made here are sent. */
    <T> T get(Function<QueueDocument, T> task) {
        Future<T> done = thread.submit(() -> task.apply(new QueueDocument(doc)));
        try {
            return done.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> live() {
        return get(queue -> queue.view().live().stream().map(QueueEntry::userId).toList());
    }

    List<String> pending() {
        return get(
                queue -> queue.view().pending().stream().map(QueueEntry::userId).toList());
    }

    List<AwarenessEntry> others() {
        return get(queue -> others.present());
    }

    void sendRaw(byte[] frame) {
        get(queue -> {
            WebSocket open = socket;
            if (open != null) {
                open.sendBinary(ByteBuffer.wrap(frame), true).join();
            }
            return null;
        });
    }

    void say(long client, long clock, String state) {
        sendRaw(new Message.Awareness(List.of(new AwarenessEntry(client, clock, state))).encode());
    }

    boolean isSynced() {
        return synced;
    }

    int closeCode() {
        return closeCode;
    }

    @Nullable
    String denied() {
        return denied;
    }

    private void send(Message message) {
        WebSocket open = socket;
        if (open != null && closeCode < 0) {
            try {
                open.sendBinary(ByteBuffer.wrap(message.encode()), true).join();
            } catch (CompletionException gone) {
                closeCode = 1006;
            }
        }
    }

    private void receive(Message message) {
        if (message instanceof Message.SyncStep1 step) {
            send(new Message.SyncStep2(doc.encodeStateAsUpdate(step.stateVector())));
        } else if (message instanceof Message.SyncStep2 step) {
            apply(step.update());
            synced = true;
        } else if (message instanceof Message.Update update) {
            apply(update.update());
        } else if (message instanceof Message.Awareness awareness) {
            others.apply(awareness.entries(), 0);
        } else if (message instanceof Message.PermissionDenied refusal) {
            denied = refusal.reason();
        }
    }

    private void apply(byte[] update) {
        applying = true;
        doc.applyUpdate(update);
        applying = false;
    }

    @Override
    public void close() {
        WebSocket open = socket;
        socket = null;
        if (open != null) {
            open.abort();
        }
        thread.shutdown();
    }

    private final class Listener implements WebSocket.Listener {
        private byte[] partial = new byte[0];

        @Override
        public void onOpen(WebSocket opened) {
            thread.execute(() -> {
                socket = opened;
                send(new Message.SyncStep1(doc.stateVector()));
            });
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] joined = java.util.Arrays.copyOf(partial, partial.length + data.remaining());
            data.get(joined, partial.length, data.remaining());
            partial = last ? new byte[0] : joined;
            if (last) {
                thread.execute(() -> receive(Message.decode(joined)));
            }
            from.request(1);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            closeCode = statusCode;
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closeCode = 1006;
        }
    }
}
