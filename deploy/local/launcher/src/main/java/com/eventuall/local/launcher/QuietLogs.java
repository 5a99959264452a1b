package com.eventuall.local.launcher;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps what is usual here off the terminal, so that what is not is seen. */
final class QuietLogs {
    // Held, or their levels would be forgotten with them.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");
    private static final Logger CONNECTIONS = Logger.getLogger("io.vertx.core.net.impl.ConnectionBase");
    private static final Logger REQUESTS = Logger.getLogger("io.vertx.core.http.impl.HttpClientRequestImpl");
    private static final Logger REDIS = Logger.getLogger("io.vertx.redis.client");

    private QuietLogs() {}

    static void install() {
        // Clients list their whole configuration at level INFO, and tell of every attempt to reach a stopped broker.
        KAFKA.setLevel(Level.SEVERE);
        // A broken connection is an everyday event for a gateway: both ends notice, and the caller gets an answer.
        CONNECTIONS.setLevel(Level.OFF);
        REQUESTS.setLevel(Level.OFF);
        REDIS.setLevel(Level.SEVERE);
    }
}
