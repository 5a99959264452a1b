package com.eventuall.local.launcher;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.ProxyContext;
import java.util.List;

/** Connections to what is behind the gateway. */
final class Origins {
    private Origins() {}

    /**
     * Connects to the first of several replicas that takes the connection; nothing has been sent to those that did not.
     *
     * @param options method, URI and timeouts; the address is added here
     */
    static Future<HttpClientRequest> connect(HttpClient client, List<Replica> inTurn, RequestOptions options) {
        return connect(client, inTurn, 0, options);
    }

    /**
     * Ends a request when its caller goes away before the answer is complete. The proxy library would read on, and hold the
     * connection for as long as the origin has nothing to say.
     */
    static Future<HttpClientRequest> whileCalled(ProxyContext context, Future<HttpClientRequest> connecting) {
        HttpServerResponse answer = context.request().proxiedRequest().response();
        return connecting.onSuccess(upstream -> {
            if (answer.closed()) {
                upstream.reset();
            } else {
                answer.closeHandler(gone -> upstream.reset());
            }
        });
    }

    private static Future<HttpClientRequest> connect(
            HttpClient client, List<Replica> inTurn, int index, RequestOptions options) {
        if (index == inTurn.size()) {
            return Future.failedFuture("no replica takes connections");
        }
        RequestOptions here = new RequestOptions(options)
                .setHost("127.0.0.1")
                .setPort(inTurn.get(index).port());
        return client.request(here).recover(refused -> connect(client, inTurn, index + 1, options));
    }
}
