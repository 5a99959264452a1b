package com.eventuall.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadTimeoutTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void unfinishedRequestIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void socketThatIsWrittenToButSaysNothingIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            send(
                    socket,
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            // Ends: what comes until then are the handshake and pings.
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    private Socket connect() throws Exception {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(0);
        new ReadTimeout(Duration.ofMillis(300)).customizeHttpServer(options);
        HttpServer server = vertx.createHttpServer(options)
                .webSocketHandler(socket -> vertx.setPeriodic(50, timer -> {
                    if (socket.isClosed()) {
                        vertx.cancelTimer(timer);
                    } else {
                        socket.writePing(Buffer.buffer("p"));
                    }
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
