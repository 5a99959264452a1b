package com.eventuall.platform.problem;

import com.eventuall.contracts.ErrorCode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Problem details for failures below the REST layer: a body over the limit, a refused upgrade, a malformed request. Without
 * it they would be bare statuses, or an HTML page.
 */
@ApplicationScoped
public class TransportProblems {
    void register(@Observes Router router) {
        // Failure handlers are asked in route order; Quarkus' own, which writes an empty body, comes later.
        router.route().order(Integer.MIN_VALUE).failureHandler(TransportProblems::answer);
    }

    private static void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten() || response.closed()) {
            context.next();
            return;
        }
        Throwable failure = context.failure();
        ProblemException refusal = failure == null
                ? new ProblemException(Rejections.ofStatus(context.statusCode()))
                : Rejections.of(failure);
        ErrorCode code = refusal.code();
        Long retryAfter = refusal.retryAfterSeconds();
        if (retryAfter != null) {
            response.putHeader("Retry-After", String.valueOf(retryAfter));
        }
        if (code.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.setStatusCode(code.status())
                .putHeader("Content-Type", ProblemMappers.MEDIA_TYPE)
                .end(new JsonObject()
                        .put("type", code.type().toString())
                        .put("title", code.title())
                        .put("status", code.status())
                        .put("detail", refusal.detail())
                        .put("code", code.code())
                        .toBuffer());
    }
}
