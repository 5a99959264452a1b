package com.eventuall.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.sandbox.Exchange;
import com.eventuall.sandbox.SandboxClient;
import com.eventuall.sandbox.SandboxServer;
import com.eventuall.sandbox.contract.VendorContract;
import com.twilio.exception.ApiException;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox driven by the vendor's own Java SDK; every call must keep to the vendor's API description. */
abstract class TwilioTest {
    static final TwilioKeys KEYS = TwilioKeys.generate();
    static final String SERVICE = KEYS.serviceSid();

    private static final VendorContract CONTRACT =
            VendorContract.load("vendor-specs/twilio/twilio_conversations_v1.json");

    static Vertx vertx;
    static TwilioSandbox sandbox;
    static SandboxServer server;
    static TwilioRestClient sdk;
    static SandboxClient http;
    static final Queue<Exchange> EXCHANGES = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        sandbox = new TwilioSandbox(vertx, KEYS, true);
        sandbox.observe(EXCHANGES::add);
        server = SandboxServer.start(vertx, 0, List.of(sandbox));
        http = new SandboxClient(server.baseUrl("twilio"));
        sdk = sdk(KEYS.apiKeySid(), KEYS.apiKeySecret());
    }

    @AfterAll
    static void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void empty() {
        http.send("POST", "/reset", "");
        EXCHANGES.clear();
    }

    @AfterEach
    void everyCallKeptToTheDescription() {
        assertThat(EXCHANGES.stream().flatMap(call -> violations(call).stream()))
                .isEmpty();
    }

    static List<String> violations(Exchange call) {
        return CONTRACT.violations(call);
    }

    static void assertCode(int code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(code));
    }

    /** The SDK's URLs are fixed, so its HTTP client sends them here; and it must not repeat calls by itself. */
    static TwilioRestClient sdk(String user, String password) {
        NetworkHttpClient here = new NetworkHttpClient() {
            @Override
            public Response makeRequest(Request request) {
                String url = request.getUrl().replaceFirst("^https://[^/]+", server.baseUrl("twilio"));
                Request copy = new Request(request.getMethod(), url);
                request.getQueryParams()
                        .forEach((name, values) -> values.forEach(one -> copy.addQueryParam(name, one)));
                request.getPostParams().forEach((name, values) -> values.forEach(one -> copy.addPostParam(name, one)));
                request.getHeaderParams()
                        .forEach((name, values) -> values.forEach(one -> copy.addHeaderParam(name, one)));
                if (request.getContentType() != null) {
                    copy.setContentType(request.getContentType());
                }
                copy.setAuth(request.getUsername(), request.getPassword());
                return super.makeRequest(copy);
            }

            @Override
            public Response reliableRequest(Request request) {
                return makeRequest(request);
            }
        };
        return new TwilioRestClient.Builder(user, password)
                .accountSid(KEYS.accountSid())
                .httpClient(here)
                .build();
    }
}
