package com.eventuall.sandbox.twilio;

import io.vertx.core.http.HttpServerRequest;

/**
 * Who changes something.
 *
 * @param source {@code API} or {@code SDK}
 * @param webhook whether webhooks tell of it
 */
record Origin(String source, boolean webhook) {
    /** A chat client. */
    static final Origin SDK = new Origin("SDK", true);
    /** A timer of the vendor. */
    static final Origin TIMER = new Origin("API", true);

    /** A REST call: no webhooks unless it asks for them. */
    static Origin of(HttpServerRequest request) {
        return new Origin("API", "true".equals(request.getHeader("X-Twilio-Webhook-Enabled")));
    }
}
