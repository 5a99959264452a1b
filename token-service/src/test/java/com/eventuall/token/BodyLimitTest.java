package com.eventuall.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies over the limit, on a route that takes one and on one that takes none. */
@QuarkusTest
class BodyLimitTest extends ServiceTest {
    private static final int TOO_MUCH = 2 << 20;
    private static final int LIMIT = 256 * 1024;
    private static final String JOIN = ROOM + "/join";
    private static final String WEBHOOK = "/v1/webhooks/livekit";

    @TestHTTPResource
    URI root;

    static Stream<Arguments> tooLarge() {
        return Stream.of(JOIN, WEBHOOK)
                .flatMap(path -> Stream.of(
                        Arguments.of(path, "with its length", BodyPublishers.ofByteArray(new byte[TOO_MUCH])),
                        Arguments.of(path, "without", chunked(TOO_MUCH)),
                        Arguments.of(path, "without, by one byte", chunked(LIMIT + 1))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tooLarge")
    void bodyOverTheLimitIsRefused(String path, String how, BodyPublisher body) throws Exception {
        HttpResponse<String> answer = post(path, body, passes.issue(PassRequest.participant("e1", "u-1")));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("too-large");
        assertThat(answer.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void bodyUpToTheLimitIsTaken() throws Exception {
        String pass = passes.issue(PassRequest.participant("e1", "u-1"));
        assertThat(post(JOIN, chunked(LIMIT), pass).statusCode()).isEqualTo(200);
        // It is read, and only then found to be signed by nobody.
        assertThat(post(WEBHOOK, chunked(LIMIT), pass).statusCode()).isEqualTo(401);
    }

    @Test
    void nothingIsTakenInFromSomebodyWithoutAPass() throws Exception {
        assertThat(post(JOIN, chunked(TOO_MUCH), "none").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void connectionOfSomebodyWhoGoesOnSendingEnds(String header, String body) throws Exception {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            write(
                    out,
                    "POST " + WEBHOOK + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/webhook+json\r\n" + header
                            + "\r\n\r\n" + body);
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all).startsWith("HTTP/1.1 413 ").contains("too-large");
        }
    }

    static Stream<Arguments> tooLong() {
        return Stream.of(
                Arguments.of("Content-Length: 100000000", "a"),
                Arguments.of("Transfer-Encoding: chunked", "50000\r\n" + "a".repeat(0x50000) + "\r\n"));
    }

    private HttpResponse<String> post(String path, BodyPublisher body, String pass) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .header("Authorization", "Bearer " + pass)
                .header("Content-Type", "application/webhook+json")
                .POST(body)
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    private static BodyPublisher chunked(int length) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
