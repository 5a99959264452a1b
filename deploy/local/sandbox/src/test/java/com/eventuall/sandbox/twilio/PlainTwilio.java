package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.SandboxClient;
import com.eventuall.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A sandbox of its own without the limit of actions a second, called without an SDK: for tests that need many calls. */
final class PlainTwilio implements AutoCloseable {
    private final TwilioKeys keys = TwilioKeys.generate();
    private final SandboxServer server;
    private final SandboxClient http;
    private String first = "";

    PlainTwilio(Vertx vertx) {
        server = SandboxServer.start(vertx, 0, List.of(new TwilioSandbox(vertx, keys)));
        http = new SandboxClient(server.baseUrl("twilio"));
    }

    String createConversation() {
        String sid = post("/Conversations", "").getString("sid");
        if (first.isEmpty()) {
            first = sid;
        }
        return sid;
    }

    JsonObject addParticipant(String conversation, String identity) {
        return post("/Conversations/" + conversation + "/Participants", "Identity=" + identity);
    }

    /** Closes the first conversation. */
    void closeOne() {
        post("/Conversations/" + first, "State=closed");
    }

    private JsonObject post(String path, String form) {
        String credentials = keys.apiKeySid() + ":" + keys.apiKeySecret();
        return new JsonObject(http.send(
                        "POST",
                        "/v1/Services/" + keys.serviceSid() + path,
                        form,
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .body());
    }

    @Override
    public void close() {
        server.close();
    }
}
