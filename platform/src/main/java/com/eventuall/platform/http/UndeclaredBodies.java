package com.eventuall.platform.http;

import com.eventuall.platform.problem.BodyLimit;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest.ReadCallback;

/**
 * Holds bodies that do not say how long they are (chunked) to the limit of those that do, on every route: they are taken in
 * before the route runs, so that one that is too large has no effect. That is after the pass was checked: without one nobody
 * fills our memory.
 */
@Provider
@Priority(Priorities.USER + 100)
public class UndeclaredBodies implements ResteasyReactiveContainerRequestFilter {
    private final BodyLimit limit;

    UndeclaredBodies(BodyLimit limit) {
        this.limit = limit;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext call) {
        ServerHttpRequest request = ((ResteasyReactiveRequestContext) call.getServerRequestContext()).serverRequest();
        if (!request.containsRequestHeader(HttpHeaders.CONTENT_LENGTH) && !request.isRequestEnded()) {
            call.suspend();
            request.setReadListener(new Body(call, request.unwrap(HttpServerRequest.class)));
            request.resumeRequestInput();
        }
    }

    private final class Body implements ReadCallback {
        private final ResteasyReactiveContainerRequestContext call;
        private final HttpServerRequest request;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        private boolean refused;

        Body(ResteasyReactiveContainerRequestContext call, HttpServerRequest request) {
            this.call = call;
            this.request = request;
        }

        @Override
        public void data(ByteBuffer next) {
            if (limit.isExceededBy(bytes.size() + next.remaining())) {
                refused = true;
                call.resume(limit.refuse(request));
            } else {
                byte[] part = new byte[next.remaining()];
                next.get(part);
                bytes.writeBytes(part);
            }
        }

        /** Comes after a refusal, too, if the caller stops in time. */
        @Override
        public void done() {
            if (!refused) {
                call.setEntityStream(new ByteArrayInputStream(bytes.toByteArray()));
                call.resume();
            }
        }
    }
}
