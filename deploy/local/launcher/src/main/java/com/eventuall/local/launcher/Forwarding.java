package com.eventuall.local.launcher;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;

/** What a service behind the gateway is told of the caller; whatever the caller says about that itself is removed. */
final class Forwarding {
    private static final List<String> FORGEABLE = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto");

    private Forwarding() {}

    static void describe(HttpServerRequest caller, MultiMap headers) {
        FORGEABLE.forEach(headers::remove);
        headers.set("X-Forwarded-For", caller.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", caller.scheme());
        HostAndPort authority = caller.authority();
        if (authority != null) {
            headers.set("X-Forwarded-Host", authority.toString());
        }
    }
}
