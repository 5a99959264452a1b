package com.eventuall.local.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/** In place of the vendors: a stream that never says a word, not even that it begins, and answers to all else. */
final class SilentSandbox {
    private final AtomicInteger streams = new AtomicInteger();

    /** Starts, and gives its port. */
    int start(Vertx vertx) {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    /** How many streams are open. */
    int streams() {
        return streams.get();
    }

    private void answer(HttpServerRequest request) {
        if (request.path().endsWith("/stream")) {
            streams.incrementAndGet();
            request.response().closeHandler(closed -> streams.decrementAndGet());
        } else {
            request.response().end();
        }
    }
}
