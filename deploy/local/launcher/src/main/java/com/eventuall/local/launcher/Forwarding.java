package com.eventuall.local.launcher;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What a service behind the gateway is told of the caller; whatever the caller says about that itself is removed. A trace goes on or begins. */
final class Forwarding {
    private static final List<String> FORGEABLE = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto");

    private static final String TRACE = "traceparent";
    private static final Pattern W3C = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Forwarding() {}

    static void describe(HttpServerRequest caller, MultiMap headers) {
        FORGEABLE.forEach(headers::remove);
        headers.set("X-Forwarded-For", caller.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", caller.scheme());
        HostAndPort authority = caller.authority();
        if (authority != null) {
            headers.set("X-Forwarded-Host", authority.toString());
        }
        String trace = headers.get(TRACE);
        if (trace == null || !W3C.matcher(trace).matches()) {
            headers.set(TRACE, newTrace());
        }
    }

    /** A trace that begins here, and is to be recorded by services that trace. */
    private static String newTrace() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "00-%016x%016x-%016x-01".formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
    }
}
