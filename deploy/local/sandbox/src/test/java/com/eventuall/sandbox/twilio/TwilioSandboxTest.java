package com.eventuall.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.sandbox.SandboxClient;
import com.eventuall.sandbox.SandboxServer;
import com.twilio.exception.ApiException;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwilioSandboxTest {
    private static final TwilioKeys KEYS = TwilioKeys.generate();
    private static final String SERVICE = KEYS.serviceSid();

    private static Vertx vertx;
    private static SandboxServer server;
    private static TwilioRestClient sdk;
    private static SandboxClient http;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = SandboxServer.start(vertx, 0, List.of(new TwilioSandbox(vertx, KEYS)));
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
    }

    @Test
    void theVendorsSdkCreatesFetchesUpdatesAndDeletesAConversation() {
        Conversation created = Conversation.creator(SERVICE)
                .setUniqueName("t:e1:r1")
                .setAttributes("{\"eventId\":\"e1\"}")
                .create(sdk);
        assertThat(created.getSid()).matches("CH[0-9a-f]{32}");
        assertThat(Conversation.fetcher(SERVICE, "t:e1:r1").fetch(sdk).getSid()).isEqualTo(created.getSid());

        Conversation closed = Conversation.updater(SERVICE, created.getSid())
                .setState(Conversation.State.CLOSED)
                .update(sdk);
        assertThat(closed.getState()).isEqualTo(Conversation.State.CLOSED);
        assertThat(closed.getAttributes()).isEqualTo("{\"eventId\":\"e1\"}");

        assertThat(Conversation.deleter(SERVICE, created.getSid()).delete(sdk)).isTrue();
        assertCode(20404, () -> Conversation.fetcher(SERVICE, created.getSid()).fetch(sdk));
    }

    @Test
    void aUniqueNameIsTakenUntilTheConversationIsDeleted() {
        Conversation first = Conversation.creator(SERVICE).setUniqueName("n").create(sdk);
        assertCode(50353, () -> Conversation.creator(SERVICE).setUniqueName("n").create(sdk));
        Conversation.deleter(SERVICE, first.getSid()).delete(sdk);
        assertThat(Conversation.creator(SERVICE).setUniqueName("n").create(sdk).getSid())
                .isNotEqualTo(first.getSid());
    }

    @Test
    void aParticipantIsThereOnce() {
        String sid = Conversation.creator(SERVICE).create(sdk).getSid();
        Participant ann = Participant.creator(SERVICE, sid).setIdentity("u-1").create(sdk);
        assertCode(
                50433,
                () -> Participant.creator(SERVICE, sid).setIdentity("u-1").create(sdk));
        assertThat(Participant.fetcher(SERVICE, sid, "u-1").fetch(sdk).getSid()).isEqualTo(ann.getSid());

        Participant.deleter(SERVICE, sid, ann.getSid()).delete(sdk);
        assertCode(50432, () -> Participant.fetcher(SERVICE, sid, "u-1").fetch(sdk));
    }

    @Test
    void listsComeInPagesThatTheSdkFollows() {
        String sid = Conversation.creator(SERVICE).create(sdk).getSid();
        Set<String> identities = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            identities.add("u-" + i);
            Participant.creator(SERVICE, sid).setIdentity("u-" + i).create(sdk);
        }
        Set<String> read = new HashSet<>();
        Participant.reader(SERVICE, sid).pageSize(3).read(sdk).forEach(one -> read.add(one.getIdentity()));
        assertThat(read).isEqualTo(identities);
    }

    @Test
    void otherCredentialsAndServicesAreRefused() {
        assertCode(20003, () -> Conversation.creator(SERVICE).create(sdk(KEYS.apiKeySid(), "wrong")));
        assertCode(20404, () -> Conversation.creator("IS" + "0".repeat(32)).create(sdk));
    }

    @Test
    void aFailureSwitchFindsItsTextInTheForm() {
        http.post(
                "/faults",
                new JsonObject()
                        .put("operation", "createConversation")
                        .put("match", "UniqueName=second")
                        .put("effect", "error-after-effect")
                        .put("status", 500));
        Conversation.creator(SERVICE).setUniqueName("first").create(sdk);
        assertCode(
                20500,
                () -> Conversation.creator(SERVICE).setUniqueName("second").create(sdk));
        assertThat(http.get("/state").getJsonArray("conversations")).hasSize(2);
    }

    private static void assertCode(int code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(code));
    }

    /** The SDK's URLs are fixed, so its HTTP client sends them here; and it must not repeat calls by itself. */
    private static TwilioRestClient sdk(String user, String password) {
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
