package com.eventuall.local.launcher;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The console page: static files, those with a content hash in their name cached for ever, and a strict content policy. */
final class Console {
    private static final String ASSETS = "/assets/";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Path files;
    private final String contentPolicy;

    /**
     * @param files the built console
     * @param port of the gateway
     * @param realVendors the vendors that have no sandbox here
     */
    Console(Path files, int port, Set<String> realVendors) {
        this.files = files;
        this.contentPolicy = ContentPolicy.of(port, realVendors);
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
            call.addHeadersEndHandler(end -> {
                // A script of a build that is not there yet, or any more, may come back under its name.
                if (call.response().getStatusCode() >= 400) {
                    call.response().putHeader("Cache-Control", "no-cache");
                }
            });
            call.next();
        };
    }
}
