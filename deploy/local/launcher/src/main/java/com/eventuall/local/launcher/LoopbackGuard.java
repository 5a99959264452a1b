package com.eventuall.local.launcher;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets only this machine use the routes behind it, and no page of another origin: a name that an attacker made to point here
 * shows in the Host header, a foreign page in the Origin header.
 */
final class LoopbackGuard implements Handler<RoutingContext> {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    @Override
    public void handle(RoutingContext call) {
        HttpServerRequest request = call.request();
        HostAndPort target = request.authority();
        boolean named = target != null && NAMES.contains(target.host());
        boolean near = isLoopback(request.remoteAddress().hostAddress());
        if (near && named && sameOrigin(request.getHeader("Origin"), target)) {
            call.next();
        } else {
            Problems.answer(call, 403, "Only for callers on this machine");
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean sameOrigin(@Nullable String origin, HostAndPort target) {
        if (origin == null) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            return uri.getPort() == target.port() && uri.getHost() != null && NAMES.contains(uri.getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
