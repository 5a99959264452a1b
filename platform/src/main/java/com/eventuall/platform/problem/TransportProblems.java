package com.eventuall.platform.problem;

import com.eventuall.contracts.ErrorCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
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
    private final BodyLimit bodyLimit;

    TransportProblems(BodyLimit bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    void register(@Observes Router router) {
        // Before all of Quarkus' own: its body limit ends the request itself, and failure handlers are asked in route
        // order.
        router.route().order(Integer.MIN_VALUE).handler(this::checkLength).failureHandler(TransportProblems::answer);
    }

    private void checkLength(RoutingContext context) {
        if (bodyLimit.isExceededBy(declaredLength(context.request()))) {
            context.fail(bodyLimit.refuse(context.request()));
        } else {
            context.next();
        }
    }

    /** What Content-Length says; 0 where it says nothing, as the HTTP codec has refused what is no number. */
    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        Throwable failure = context.failure();
        if (response.headWritten() || response.closed()) {
            // A refused upgrade fails a second time after its answer. Handed on, each would be an error in the log.
            if (!(failure instanceof ProblemException)) {
                context.next();
            }
            return;
        }
        ProblemException refusal = failure == null
                ? new ProblemException(ErrorCode.ofStatus(context.statusCode()))
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
