package com.eventuall.chat.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.chat.VendorException;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.platform.limit.RetryAfterHold;
import com.eventuall.sandbox.SandboxServer;
import com.eventuall.sandbox.twilio.TwilioKeys;
import com.eventuall.sandbox.twilio.TwilioSandbox;
import com.twilio.exception.ApiConnectionException;
import com.twilio.http.HttpClient;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the SDK sends: each request once, whatever the answer, and for no longer than the timeout. */
class TwilioHttpTest {
    private final Vertx vertx = Vertx.vertx();
    private final TwilioKeys keys = TwilioKeys.generate();
    private final TwilioSandbox sandbox = new TwilioSandbox(vertx, keys);

    private final RetryAfterHold hold = new RetryAfterHold();

    private SandboxServer server;
    private TwilioRestClient sdk;
    private String conversation;

    @BeforeEach
    void start() {
        server = SandboxServer.start(vertx, 0, List.of(sandbox));
        sdk = sdk(new TwilioHttp(URI.create(server.baseUrl("twilio")), Duration.ofSeconds(5), hold));
        conversation = Conversation.creator(keys.serviceSid()).create(sdk).getSid();
    }

    @AfterEach
    void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aMessageThatIsStoredBeforeAnErrorIsNotSentAgain() {
        fault("createMessage", "error-after-effect", 500, null);

        assertThatExceptionOfType(VendorException.class)
                .isThrownBy(() -> say(sdk))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE));

        assertThat(calls("createMessage")).isEqualTo(1);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void tooManyRequestsAreNotRepeatedByTheTransport() {
        fault("createMessage", "error", 429, 1);
        fault("fetchConversation", "error", 429, 1);

        assertThat(hold.remaining()).isZero();
        assertBusyFor(Duration.ofSeconds(1), () -> say(sdk));
        assertThat(hold.remaining()).as("all other calls are held too").isPositive();
        assertBusyFor(
                Duration.ofSeconds(1),
                () -> Conversation.fetcher(keys.serviceSid(), conversation).fetch(sdk));

        assertThat(calls("createMessage")).isEqualTo(1);
        assertThat(calls("fetchConversation")).isEqualTo(1);
        assertThat(messages()).isEmpty();
    }

    /** Why there is a transport of our own. If this fails after an upgrade of the SDK, ours may be needless. */
    @Test
    void theSdksOwnTransportRepeatsBoth() {
        TwilioRestClient plain = sdk(sdksOwn());
        fault("createMessage", "error-after-effect", 500, null);

        assertThatThrownBy(() -> say(plain)).isInstanceOf(RuntimeException.class);
        assertThat(calls("createMessage")).isEqualTo(3);
        assertThat(messages()).as("one call of ours, three messages").hasSize(3);

        fault("fetchConversation", "error", 429, 1);
        assertThatThrownBy(() ->
                        Conversation.fetcher(keys.serviceSid(), conversation).fetch(plain))
                .isInstanceOf(RuntimeException.class);
        assertThat(calls("fetchConversation")).isGreaterThan(1);
    }

    @Test
    @Timeout(30)
    void anAnswerThatNeverEndsIsGivenUp() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> answerHalf(listener));
            TwilioRestClient slow = sdk(new TwilioHttp(
                    URI.create("http://127.0.0.1:" + listener.getLocalPort()), Duration.ofMillis(500), hold));

            assertThatExceptionOfType(ApiConnectionException.class).isThrownBy(() -> say(slow));

            // The connection is closed: nothing is left behind that waits for the rest.
            assertThat(accepted.join().getInputStream().readAllBytes()).isNotEmpty();
            accepted.join().close();
        }
    }

    private static Socket answerHalf(ServerSocket listener) {
        try {
            Socket socket = listener.accept();
            socket.getOutputStream()
                    .write("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertBusyFor(Duration wait, Runnable call) {
        assertThatExceptionOfType(VendorException.class).isThrownBy(call::run).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.BUSY);
            assertThat(failure.retryAfter()).isEqualTo(wait);
        });
    }

    private void say(TwilioRestClient client) {
        Message.creator(keys.serviceSid(), conversation).setBody("hello").create(client);
    }

    private void fault(String operation, String effect, int status, Integer retryAfterSeconds) {
        JsonObject fault = new JsonObject()
                .put("operation", operation)
                .put("effect", effect)
                .put("status", status)
                .put("times", 100);
        if (retryAfterSeconds != null) {
            fault.put("retryAfterSeconds", retryAfterSeconds);
        }
        admin("POST", "/faults", fault);
    }

    private int calls(String operation) {
        return admin("GET", "/state", null).getJsonObject("calls").getInteger(operation, 0);
    }

    private JsonArray messages() {
        return admin("GET", "/state", null)
                .getJsonArray("conversations")
                .getJsonObject(0)
                .getJsonArray("messages");
    }

    private JsonObject admin(String method, String path, JsonObject body) {
        java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(
                        URI.create(server.baseUrl("twilio") + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return new JsonObject(java.net.http.HttpClient.newHttpClient()
                .sendAsync(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                .join()
                .body());
    }

    private TwilioRestClient sdk(HttpClient transport) {
        return new TwilioRestClient.Builder(keys.apiKeySid(), keys.apiKeySecret())
                .accountSid(keys.accountSid())
                .httpClient(transport)
                .build();
    }

    /** The SDK's transport as it is, but for the address. */
    private HttpClient sdksOwn() {
        return new NetworkHttpClient() {
            @Override
            public Response makeRequest(Request request) {
                Request here = new Request(
                        request.getMethod(), request.getUrl().replaceFirst("^https://[^/]+", server.baseUrl("twilio")));
                request.getPostParams().forEach((name, values) -> values.forEach(one -> here.addPostParam(name, one)));
                if (request.getContentType() != null) {
                    here.setContentType(request.getContentType());
                }
                here.setAuth(request.getUsername(), request.getPassword());
                return super.makeRequest(here);
            }
        };
    }
}
