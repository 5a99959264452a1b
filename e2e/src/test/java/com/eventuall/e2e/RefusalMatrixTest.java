package com.eventuall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route and socket of the running suite × every wrong pass: all are refused, as problem details, without a 5xx. */
@ExtendWith(SharedStack.class)
class RefusalMatrixTest {

    static Stream<Arguments> routes() {
        return Route.REST.stream()
                .flatMap(route -> Arrays.stream(WrongPass.values())
                        .filter(wrong -> wrong.isWrongFor(route))
                        .map(wrong -> Arguments.of(route, wrong)));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("routes")
    void routeRefuses(Route route, WrongPass wrong, Stack stack) {
        String pass = wrong.make(stack);
        HttpResponse<String> response = send(stack, route, WrongPass.EVENT, pass);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(wrong.status());
        assertProblem(response);
    }

    static Stream<Arguments> sockets() {
        return Route.SOCKETS.stream()
                .flatMap(socket -> WrongPass.forSockets().stream().map(wrong -> Arguments.of(socket, wrong)));
    }

    @ParameterizedTest(name = "socket {0} with {1}")
    @MethodSource("sockets")
    void socketRefuses(String socket, WrongPass wrong, Stack stack) {
        assertThat(Socket.refusal(stack.http(), url(stack, socket), socket + ".v1", wrong.make(stack), null))
                .contains(wrong.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "queue"})
    void socketRefusesForeignPagesAndPassesInTheAddress(String socket, Stack stack) {
        String pass = stack.pass("u1", "moderator", WrongPass.EVENT);
        String url = url(stack, socket);
        String protocol = socket + ".v1";
        assertThat(Socket.refusal(stack.http(), url, protocol, pass, "https://evil.example"))
                .contains(403);
        assertThat(Socket.refusal(stack.http(), url + "?token=" + pass, protocol, null, null))
                .contains(400);
        assertThat(Socket.refusal(
                        stack.http(), url, protocol, pass, stack.origin().toString()))
                .isEmpty();
        assertThat(Socket.refusal(stack.http(), url, protocol, pass, null)).isEmpty();
    }

    static Stream<Route> all() {
        return Route.REST.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void malformedIdsAreRefused(Route route, Stack stack) {
        String pass = stack.pass("u1", "moderator", WrongPass.EVENT);
        HttpResponse<String> response = send(stack, route, "e%7C1", pass);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertProblem(response);
    }

    @Test
    void unknownRoutesAreProblemsToo(Stack stack) {
        String pass = stack.pass("u1", "moderator", WrongPass.EVENT);
        HttpResponse<String> response =
                stack.get("/v1/events/e1/rooms/main/nothing", "Authorization", "Bearer " + pass);
        assertThat(response.statusCode()).isEqualTo(404);
        assertProblem(response);
    }

    private static HttpResponse<String> send(Stack stack, Route route, String eventId, @Nullable String pass) {
        String path = route.in(eventId);
        String[] headers = route.body().isEmpty()
                ? new String[] {"Authorization", "Bearer " + pass}
                : new String[] {"Authorization", "Bearer " + pass, "Content-Type", "application/json"};
        if (pass == null) {
            headers = new String[] {"Accept", "*/*"};
        }
        return stack.send(route.method(), path, route.body(), headers);
    }

    private static void assertProblem(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Stack.json(response);
        assertThat(problem.get("status").asInt()).isEqualTo(response.statusCode());
        assertThat(problem.get("type").asText()).startsWith("https://eventuall.com/problems/");
        assertThat(problem.get("code").asText()).isNotBlank();
        assertThat(response.body()).doesNotContain("Exception", "at com.", "at io.");
    }

    private static String url(Stack stack, String socket) {
        return stack.origin().toString().replaceFirst("^http", "ws") + "/v1/events/" + WrongPass.EVENT + "/rooms/main/"
                + socket;
    }
}
