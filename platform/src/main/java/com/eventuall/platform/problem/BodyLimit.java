package com.eventuall.platform.problem;

import com.eventuall.contracts.ErrorCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large a body may be, and what becomes of a request with a larger one: an answer, and the end of its connection. */
@ApplicationScoped
public class BodyLimit {
    /** Many a caller reads the answer only when it has sent everything, and would lose it by an end at once. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final long bytes;

    BodyLimit(Vertx vertx, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.vertx = vertx;
        this.bytes = limit.asLongValue();
    }

    public boolean isExceededBy(long length) {
        return length > bytes;
    }

    /** Throws away what else comes and ends the connection a little later. Yields the refusal, which is still to be answered. */
    public ProblemException refuse(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.handler(rest -> {}).resume();
        vertx.setTimer(GRACE.toMillis(), over -> request.connection().close());
        return new ProblemException(ErrorCode.TOO_LARGE);
    }
}
