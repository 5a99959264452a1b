package com.eventuall.local.launcher;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Files;
import java.nio.file.Path;

/** The console page: static files, those with a content hash in their name cached for ever, and a strict content policy. */
final class Console {
    private static final String ASSETS = "/assets/";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Path files;
    private final String contentPolicy;

    /**
     * @param files the built console
     * @param port of the gateway
     * @param realLivekit whether browsers connect to a LiveKit outside of this machine
     */
    Console(Path files, int port, boolean realLivekit) {
        this.files = files;
        String sockets = " ws://127.0.0.1:" + port + " ws://localhost:" + port + (realLivekit ? " https: wss:" : "");
        this.contentPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                        + " media-src 'self' blob:; connect-src 'self'" + sockets
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    void mount(Router router) {
        if (!Files.isDirectory(files)) {
            router.get("/")
                    .handler(call -> call.response()
                            .putHeader("Content-Type", "text/plain; charset=utf-8")
                            .end("The stack runs. The console page is not built.\n"));
            return;
        }
        router.get().handler(headers());
        router.get()
                .handler(StaticHandler.create(FileSystemAccess.ROOT, files.toString())
                        .setCachingEnabled(false)
                        .setDirectoryListing(false)
                        .setIncludeHidden(false));
    }

    private Handler<RoutingContext> headers() {
        return call -> {
            boolean asset = call.request().path().startsWith(ASSETS);
            call.response()
                    .putHeader("Cache-Control", asset ? FOR_EVER : "no-cache")
                    .putHeader("Content-Security-Policy", contentPolicy)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "no-referrer");
            call.next();
        };
    }
}
