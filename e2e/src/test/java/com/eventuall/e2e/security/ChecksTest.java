package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The run's checks against a server that breaks each promise: they must fail. */
@Tag("security")
class ChecksTest {
    private static final String PROBLEM =
            "{\"type\":\"https://eventuall.com/problems/pass-missing\",\"title\":\"A pass is needed\",\"status\":401,\"code\":\"pass-missing\"}";

    @Test
    void aProperRefusalPasses() {
        assertThatCode(() -> Checks.refused(answer(401, "application/problem+json", PROBLEM), 401))
                .doesNotThrowAnyException();
    }

    @Test
    void lettingInFails() {
        assertFails(200, "application/json", "{}", 401);
    }

    @Test
    void anotherStatusFails() {
        assertFails(401, "application/problem+json", PROBLEM, 403);
    }

    @Test
    void anHtmlPageFails() {
        assertFails(401, "text/html", "<h1>Unauthorized</h1>", 401);
    }

    @Test
    void aProblemOfAnotherVocabularyFails() {
        assertFails(401, "application/problem+json", PROBLEM.replace("pass-missing", "nope"), 401);
    }

    @Test
    void aStackTraceFails() {
        String body = PROBLEM.replace("}", ",\"detail\":\"java.lang.IllegalStateException\"}");
        assertFails(401, "application/problem+json", body, 401);
    }

    @Test
    void aTokenInTheAnswerFails() {
        String token = "eyJhbGciOiJub25l.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJl";
        assertFails(401, "application/problem+json", PROBLEM.replace("}", ",\"detail\":\"" + token + "\"}"), 401);
    }

    @Test
    void aFaultFailsTheFuzzer() {
        assertThatThrownBy(() -> Checks.noFault(answer(500, "application/problem+json", PROBLEM)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Checks.noFault(answer(400, "text/plain", "no")))
                .isInstanceOf(AssertionError.class);
    }

    private static void assertFails(int status, String type, String body, int expected) {
        assertThatThrownBy(() -> Checks.refused(answer(status, type, body), expected))
                .isInstanceOf(AssertionError.class);
    }

    private static HttpResponse<String> answer(int status, String type, String body)
            throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Content-Type", type);
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
            call.close();
        });
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } finally {
            server.stop(0);
        }
    }
}
