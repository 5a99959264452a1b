package com.eventuall.local.launcher;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Errors of the gateway itself, in the form in which the services answer theirs (RFC 9457). */
final class Problems {
    private Problems() {}

    static void answer(RoutingContext call, int status, String title) {
        answer(call.response(), status, title);
    }

    static void answer(HttpServerResponse response, int status, String title) {
        if (response.headWritten() || response.closed()) {
            response.reset();
            return;
        }
        if (status == 503) {
            response.putHeader("Retry-After", "1");
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject().put("status", status).put("title", title).toBuffer());
    }
}
