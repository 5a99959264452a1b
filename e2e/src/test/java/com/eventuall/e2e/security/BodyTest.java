package com.eventuall.e2e.security;

import com.eventuall.e2e.Stack;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are too large, of the wrong kind, or too deep. */
@SecurityTest
class BodyTest {
    private static final byte[] TWO_MEGABYTES = new byte[2 << 20];

    static Stream<Route> withBody() {
        return Route.REST.stream().filter(route -> !route.method().equals("GET"));
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void largeBodyIsRefused(Route route, Stack stack, Figures figures) {
        BodyPublisher body = BodyPublishers.ofByteArray(TWO_MEGABYTES);
        figures.refused(send(stack, route, body), 413);
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void largeBodyWithoutLengthIsRefused(Route route, Stack stack, Figures figures) {
        BodyPublisher body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TWO_MEGABYTES));
        figures.refused(send(stack, route, body), 413);
    }

    static Stream<Route> withJson() {
        return Route.REST.stream().filter(route -> !route.body().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void bodyThatIsNotTheJsonAskedForIsRefused(Route route, Stack stack, Figures figures) {
        String pass = "Bearer " + stack.pass("u1", "moderator", "bodies");
        for (String body : List.of("{", "[]", "\"x\"", "nul", "[".repeat(100_000), "{\"a\":".repeat(20_000))) {
            figures.refused(
                    stack.send(
                            route.method(),
                            route.in("bodies"),
                            body,
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            pass),
                    400,
                    404);
        }
        if (!route.path().endsWith("/recordings")) {
            figures.refused(
                    stack.send(
                            route.method(),
                            route.in("bodies"),
                            route.body(),
                            "Content-Type",
                            "text/plain",
                            "Authorization",
                            pass),
                    415);
        }
    }

    @Test
    void hugeHeadersAreRefused(Stack stack, Figures figures) {
        String pass = "Bearer " + stack.pass("u1", "moderator", "bodies");
        figures.refused(stack.get("/v1/events/bodies/rooms", "Authorization", pass, "X-Much", "a".repeat(40_000)), 431);
    }

    private static HttpResponse<String> send(Stack stack, Route route, BodyPublisher body) {
        String pass = stack.pass("u1", "moderator", "bodies");
        return stack.send(
                route.method(),
                route.in("bodies"),
                body,
                "Authorization",
                "Bearer " + pass,
                "Content-Type",
                "application/json");
    }
}
