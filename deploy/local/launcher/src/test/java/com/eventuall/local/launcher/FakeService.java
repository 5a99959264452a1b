package com.eventuall.local.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The smallest program that the gateway takes for a service; it says what it was sent. */
final class FakeService {
    private static final int CHUNK = 64 * 1024;

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicLong flooded = new AtomicLong();

    public static void main(String[] arguments) {
        new FakeService().listen(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    }

    private void listen(int port, int managementPort) {
        Vertx vertx = Vertx.vertx();
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").addWebSocketSubProtocol("presence.v1");
        vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen(port)
                .compose(listening -> vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                        .requestHandler(request -> request.response()
                                .setStatusCode(ready.get() ? 200 : 503)
                                .end())
                        .listen(managementPort))
                .onFailure(failure -> Runtime.getRuntime().halt(1));
    }

    private void answer(HttpServerRequest request) {
        if (SocketTunnel.isUpgrade(request) && !request.path().endsWith("/refused")) {
            request.toWebSocket().onSuccess(this::socket);
            return;
        }
        if (request.path().endsWith("/refused")) {
            request.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "application/problem+json")
                    .putHeader("WWW-Authenticate", "Bearer")
                    .end("{\"code\":\"not-allowed\"}");
            return;
        }
        if (request.path().endsWith("/unready")) {
            ready.set(false);
        }
        request.body().onSuccess(body -> {
            JsonObject headers = new JsonObject();
            request.headers()
                    .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
            JsonObject answer = new JsonObject()
                    .put("pid", ProcessHandle.current().pid())
                    .put("method", request.method().name())
                    .put("uri", request.uri())
                    .put("body", body.toString())
                    .put("headers", headers)
                    .put("flooded", flooded.get());
            request.response().putHeader("Content-Type", "application/json").end(answer.toBuffer());
        });
    }

    private void socket(ServerWebSocket socket) {
        if (socket.path().endsWith("/flood")) {
            flood(socket);
        } else {
            socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text));
        }
    }

    private void flood(ServerWebSocket socket) {
        while (!socket.writeQueueFull()) {
            socket.writeBinaryMessage(Buffer.buffer(new byte[CHUNK]));
            flooded.addAndGet(CHUNK);
        }
        socket.drainHandler(drained -> flood(socket));
    }
}
