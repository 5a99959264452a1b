package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What browsers keep of the page. */
class ConsoleTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path files;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        Files.writeString(files.resolve("index.html"), "page");
        Files.createDirectory(files.resolve("assets"));
        Files.writeString(files.resolve("assets/room-1a2b.js"), "script");
        Router router = Router.router(vertx);
        new Console(files, 8080, Set.of()).mount(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void scriptsAreKeptForEverThePageIsNot() throws Exception {
        assertThat(keptAs("/assets/room-1a2b.js", 200)).contains("immutable");
        assertThat(keptAs("/", 200)).isEqualTo("no-cache");
    }

    @Test
    void aMissingScriptIsAskedForAgain() throws Exception {
        assertThat(keptAs("/assets/room-9z.js", 404)).isEqualTo("no-cache");
    }

    private String keptAs(String path, int status) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.actualPort() + path);
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer.headers().firstValue("Cache-Control").orElse("");
    }
}
