package com.eventuall.local.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Passes a WebSocket through: the upgrade request, a refusal with all it says, or bytes both ways until one side closes. A
 * side that does not read stops the other from sending (the services rely on noticing slow clients), so the gateway buffers
 * little. The HTTP proxy library's own tunnel does none of that.
 */
final class SocketTunnel {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration UPGRADE_LIMIT = Duration.ofSeconds(15);
    /** An upgraded connection keeps its place in the pool, so this bounds the sockets per replica. */
    private static final int MOST_SOCKETS = 60_000;

    private final HttpClient client;

    SocketTunnel(Vertx vertx) {
        client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setMaxPoolSize(MOST_SOCKETS));
    }

    static boolean isUpgrade(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    void open(HttpServerRequest request, List<Replica> inTurn) {
        request.pause();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI(request.uri())
                .setConnectTimeout(CONNECT_LIMIT.toMillis());
        Origins.connect(client, inTurn, options)
                .compose(upstream -> upgrade(request, upstream))
                .onSuccess(answer -> answered(request, answer))
                .onFailure(failure -> Problems.answer(request.response(), 502, "The service did not answer"));
    }

    private static Future<HttpClientResponse> upgrade(HttpServerRequest request, HttpClientRequest upstream) {
        upstream.headers().setAll(request.headers());
        Forwarding.describe(request, upstream.headers());
        // Ended when the caller goes away before the answer.
        request.response().closeHandler(gone -> upstream.reset());
        return upstream.connect()
                .timeout(UPGRADE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> upstream.reset());
    }

    private static void answered(HttpServerRequest request, HttpClientResponse answer) {
        if (answer.statusCode() == 101) {
            join(request, answer);
        } else {
            refuse(request.response(), answer);
        }
    }

    private static void join(HttpServerRequest request, HttpClientResponse answer) {
        NetSocket service = answer.netSocket();
        service.pause();
        HttpServerResponse response = request.response();
        response.setStatusCode(101);
        response.headers().addAll(answer.headers());
        request.toNetSocket()
                .onSuccess(caller -> {
                    link(caller, service);
                    link(service, caller);
                })
                .onFailure(gone -> service.close());
    }

    private static void link(NetSocket from, NetSocket to) {
        from.pipe().endOnSuccess(true).endOnFailure(true).to(to);
        from.closeHandler(closed -> to.close());
    }

    private static void refuse(HttpServerResponse response, HttpClientResponse answer) {
        response.setStatusCode(answer.statusCode());
        answer.headers().forEach(header -> {
            if (!header.getKey().equalsIgnoreCase("Connection")) {
                response.putHeader(header.getKey(), header.getValue());
            }
        });
        answer.pipeTo(response).onFailure(failure -> response.reset());
    }
}
