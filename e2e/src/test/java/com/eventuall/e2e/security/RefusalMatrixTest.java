package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Socket;
import com.eventuall.e2e.Stack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every route and socket of the running suite × every wrong pass: all are refused, as problem details, without a 5xx, and
 * nothing of the room changes.
 */
@SecurityTest
class RefusalMatrixTest {
    private static final String ROOM = "main";
    private static @Nullable StateProbe before;

    @BeforeAll
    static void look(Stack stack) {
        before = StateProbe.of(stack, WrongPass.EVENT, ROOM);
    }

    @AfterAll
    static void nothingChangedNorLogged(Stack stack, Figures figures) throws IOException {
        assertThat(before).isNotNull();
        before.assertUnchanged(stack, WrongPass.EVENT, ROOM, figures);
        assertThat(refusalsInTheLogs(stack)).isEmpty();
    }

    /** A refusal is an answer. If it were an error in the log, anybody could fill that, and hide what is one. */
    private static List<String> refusalsInTheLogs(Stack stack) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> logs =
                Files.newDirectoryStream(Path.of(stack.info().get("logs").asText()), "*.log")) {
            for (Path log : logs) {
                try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
                    lines.filter(line -> line.contains("\"level\":\"ERROR\"") && line.contains("ProblemException"))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    /** A route that is in no matrix is a route that nobody checks. */
    @Test
    void allRoutesAreAsked(Stack stack) {
        List<String> asked = Route.REST.stream().map(Route::shape).toList();
        List<String> documented = ApiDocument.all(stack).stream()
                .filter(operation -> !operation.path().startsWith("/v1/webhooks/"))
                .map(operation -> Route.shape(operation.method(), operation.path()))
                .toList();
        assertThat(documented).hasSizeGreaterThan(20);
        assertThat(asked).containsExactlyInAnyOrderElementsOf(documented);
    }

    static Stream<Arguments> routes() {
        return Route.REST.stream()
                .flatMap(route -> Arrays.stream(WrongPass.values())
                        .filter(wrong -> wrong.isWrongFor(route))
                        .map(wrong -> Arguments.of(route, wrong)));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("routes")
    void routeRefuses(Route route, WrongPass wrong, Stack stack, Figures figures) {
        String pass = wrong.make(stack);
        if (pass != null) {
            figures.mustStaySecret("pass " + wrong, pass);
        }
        figures.refused(send(stack, route, route.in(WrongPass.EVENT), pass), wrong.status());
    }

    static Stream<Route> all() {
        return Route.REST.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void routeRefusesPassesInTheAddress(Route route, Stack stack, Figures figures) {
        String pass = stack.pass("u1", "moderator", WrongPass.EVENT);
        figures.mustStaySecret("pass in the address of " + route, pass);
        String path = route.in(WrongPass.EVENT);
        String query = (path.contains("?") ? "&" : "?");
        figures.refused(send(stack, route, path + query + "token=" + pass, pass), 400);
        figures.refused(send(stack, route, path + query + "anything=" + pass, pass), 400);
        figures.refused(send(stack, route, path + query + "Access_Token=" + pass, null), 400);
    }

    @ParameterizedTest
    @MethodSource("all")
    void malformedIdsAreRefused(Route route, Stack stack, Figures figures) {
        String pass = stack.pass("u1", "moderator", WrongPass.EVENT);
        for (String id : List.of("e%7C1", "%20", "e%00", "a".repeat(65), "%E2%9C%93", "e:1", "%7Bs1%7D")) {
            figures.refused(send(stack, route, route.in(id), pass), 400);
        }
    }

    static Stream<Arguments> sockets() {
        return Route.SOCKETS.stream()
                .flatMap(socket -> WrongPass.forSockets().stream().map(wrong -> Arguments.of(socket, wrong)));
    }

    @ParameterizedTest(name = "socket {0} with {1}")
    @MethodSource("sockets")
    void socketRefuses(String socket, WrongPass wrong, Stack stack, Figures figures) {
        figures.refused(() -> assertThat(
                        Socket.refusal(stack.http(), url(stack, socket), socket + ".v1", wrong.make(stack), null))
                .contains(wrong.status()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "queue"})
    void socketRefusesForeignPagesAndPassesInTheAddress(String socket, Stack stack, Figures figures) {
        String pass = stack.pass("u1", "moderator", WrongPass.EVENT);
        figures.mustStaySecret("pass in the address of socket " + socket, pass);
        String url = url(stack, socket);
        String protocol = socket + ".v1";
        for (String origin : List.of("https://evil.example", "null", stack.origin() + ".evil.example")) {
            figures.refused(() -> assertThat(Socket.refusal(stack.http(), url, protocol, pass, origin))
                    .contains(403));
        }
        figures.refused(() -> assertThat(Socket.refusal(stack.http(), url + "?token=" + pass, protocol, null, null))
                .contains(400));
        assertThat(Socket.refusal(
                        stack.http(), url.replace(WrongPass.EVENT, "open"), protocol, open(stack), origin(stack)))
                .isEmpty();
        assertThat(Socket.refusal(stack.http(), url.replace(WrongPass.EVENT, "open"), protocol, open(stack), null))
                .isEmpty();
    }

    @Test
    void unknownRoutesAreProblemsToo(Stack stack, Figures figures) {
        String pass = "Bearer " + stack.pass("u1", "moderator", WrongPass.EVENT);
        for (String path :
                List.of("/v1/events/refused/rooms/main/nothing", "/v1/nothing", "/v1/webhooks/nobody", "/v1/")) {
            figures.refused(stack.get(path, "Authorization", pass), 404);
        }
    }

    private static String open(Stack stack) {
        return stack.pass("u1", "moderator", "open");
    }

    private static String origin(Stack stack) {
        return stack.origin().toString();
    }

    private static HttpResponse<String> send(Stack stack, Route route, String path, @Nullable String pass) {
        String type = route.body().isEmpty() ? "*/*" : "application/json";
        String header = route.body().isEmpty() ? "Accept" : "Content-Type";
        return pass == null
                ? stack.send(route.method(), path, route.body(), header, type)
                : stack.send(route.method(), path, route.body(), header, type, "Authorization", "Bearer " + pass);
    }

    private static String url(Stack stack, String socket) {
        return stack.origin().toString().replaceFirst("^http", "ws") + "/v1/events/" + WrongPass.EVENT + "/rooms/"
                + ROOM + "/" + socket;
    }
}
