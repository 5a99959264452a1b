package com.eventuall.e2e.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.RoomView;
import com.eventuall.e2e.Socket;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A room of an event of its own, with a moderator who queues, records and watches. */
final class Show implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Stack stack;
    private final String eventId = "show-" + UUID.randomUUID();
    private final String room = "/v1/events/" + eventId + "/rooms/main";
    private final String moderator;
    private final Socket viewer;

    Show(Stack stack) {
        this.stack = stack;
        this.moderator = stack.pass("mod", "moderator", eventId);
        String pass = stack.pass("viewer", "participant", eventId);
        JsonNode join = Stack.json(stack.post(room + "/join", "", "Authorization", "Bearer " + pass));
        this.viewer = Socket.open(stack.http(), join.at("/presence/url").asText(), "presence.v1", pass);
    }

    /** Id of a recording that runs. */
    String record() {
        String id = ask(moderator, "POST", "/recordings", "{}").get("id").asText();
        awaitState(id, "RECORDING");
        return id;
    }

    void stop(String id) {
        ask(moderator, "POST", "/recordings/" + id + "/stop", "");
    }

    JsonNode awaitState(String id, String state) {
        return await().atMost(LIMIT)
                .until(() -> recording(id), view -> view.get("state").asText().equals(state));
    }

    JsonNode recording(String id) {
        return ask(moderator, "GET", "/recordings/" + id, "");
    }

    void requestStage(String userId) {
        ask(stack.pass(userId, "participant", eventId), "POST", "/queue/requests", "");
    }

    /** Brings somebody on stage; answers the moment, which is between asking and being answered. */
    double approve(String userId) {
        return moved(userId, "approve");
    }

    double demote(String userId) {
        return moved(userId, "demote");
    }

    private double moved(String userId, String how) {
        long before = System.currentTimeMillis();
        ask(moderator, "POST", "/queue/" + userId + "/" + how, "");
        return (before + System.currentTimeMillis()) / 2000.0;
    }

    /** What viewers know of the recording, empty when nothing. */
    JsonNode seen() {
        return RoomView.of(viewer.messages()).state().path("recording");
    }

    /** The egresses of the room at LiveKit. */
    List<JsonNode> egresses() {
        return held("livekit", "egresses", "room_name", eventId + ":main");
    }

    /** Assets of a recording at Mux: recorded ones and clips. */
    List<JsonNode> assets(String recordingId) {
        return held("mux", "assets", "passthrough", recordingId);
    }

    private List<JsonNode> held(String vendor, String list, String field, String part) {
        JsonNode all = Stack.json(stack.get("/sandbox/" + vendor + "/state")).get(list);
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path(field).asText().contains(part))
                .toList();
    }

    /** No webhook about this room or recording is delivered any more. */
    void loseWebhooks(String recordingId) {
        fault("livekit", "webhook", eventId, "drop-webhook", 1000);
        fault("mux", "webhook", recordingId, "drop-webhook", 1000);
    }

    /** The room's running egress ends. */
    void failEgress() {
        fault("livekit", "egress", eventId, "fail", 1);
    }

    private void fault(String vendor, String operation, String match, String effect, int times) {
        ObjectNode fault = Stack.JSON
                .createObjectNode()
                .put("operation", operation)
                .put("match", match)
                .put("effect", effect)
                .put("times", times);
        assertThat(stack.post("/sandbox/" + vendor + "/faults", fault.toString())
                        .statusCode())
                .isEqualTo(201);
    }

    /** A 503 says "try again", so that is done. */
    private JsonNode ask(String pass, String method, String path, String body) {
        HttpResponse<String> answer = await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> stack.send(
                                method,
                                room + path,
                                body,
                                "Authorization",
                                "Bearer " + pass,
                                "Content-Type",
                                "application/json"),
                        reply -> reply.statusCode() != 503);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isBetween(200, 299);
        return Stack.json(answer);
    }

    @Override
    public void close() {
        viewer.close();
    }
}
