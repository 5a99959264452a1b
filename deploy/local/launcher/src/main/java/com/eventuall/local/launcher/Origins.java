package com.eventuall.local.launcher;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.List;

/** Connects to the first of several replicas that takes the connection; nothing has been sent to those that did not. */
final class Origins {
    private Origins() {}

    /** @param options method, URI and timeouts; the address is added here */
    static Future<HttpClientRequest> connect(HttpClient client, List<Replica> inTurn, RequestOptions options) {
        return connect(client, inTurn, 0, options);
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
