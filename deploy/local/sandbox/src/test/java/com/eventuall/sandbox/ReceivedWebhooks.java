package com.eventuall.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver of webhooks that can be made to refuse some first. */
public final class ReceivedWebhooks {
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer server;

    public record Received(Map<String, String> headers, String body) {}

    public ReceivedWebhooks(Vertx vertx) {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        request.response().setStatusCode(500).end();
                        return;
                    }
                    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
                    all.add(new Received(headers, body.toString()));
                    request.response().setStatusCode(200).end();
                }));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/hook";
    }

    public void refuseNext(int count) {
        refusals.set(count);
    }

    public List<Received> all() {
        return all;
    }
}
