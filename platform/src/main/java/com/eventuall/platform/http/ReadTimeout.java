package com.eventuall.platform.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Closes connections on which nothing has come in for a while: requests and upgrades that are never finished, and sockets
 * whose other end has vanished. A socket that lives answers the server's pings, so it is never that silent. An idle timeout
 * alone counts what the server writes, too, and so never ends while it pings.
 */
@ApplicationScoped
public class ReadTimeout implements HttpServerOptionsCustomizer {
    private final Duration limit;

    /** @param limit longer than gateways keep an unused connection, so that it is they who close it */
    ReadTimeout(@ConfigProperty(name = "eventuall.read-timeout", defaultValue = "75s") Duration limit) {
        this.limit = limit;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        int timeout = (int) options.getIdleTimeoutUnit().convert(limit);
        options.setReadIdleTimeout(timeout);
        // Until a connection's first request is complete, Vert.x heeds only this one. Nothing is written until then.
        options.setIdleTimeout(timeout);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }
}
