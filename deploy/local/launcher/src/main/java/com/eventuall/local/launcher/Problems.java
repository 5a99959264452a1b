package com.eventuall.local.launcher;

import com.eventuall.contracts.ErrorCode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Errors of the gateway itself, in the form in which the services answer theirs (RFC 9457). */
final class Problems {
    private Problems() {}

    static void answer(RoutingContext call, int status, String detail) {
        answer(call.response(), status, detail);
    }

    static void answer(HttpServerResponse response, int status, String detail) {
        if (response.headWritten() || response.closed()) {
            response.reset();
            return;
        }
        ErrorCode code = ErrorCode.ofStatus(status);
        if (code.retryable()) {
            response.putHeader("Retry-After", "1");
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", code.type().toString())
                        .put("title", code.title())
                        .put("status", status)
                        .put("detail", detail)
                        .put("code", code.code())
                        .toBuffer());
    }
}
