package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Mux's error envelope. */
final class MuxError {
    private MuxError() {}

    static Reply reply(int status, String type, String message) {
        JsonObject error = new JsonObject().put("type", type).put("messages", new JsonArray().add(message));
        return Reply.json(status, new JsonObject().put("error", error));
    }

    static Refusal notFound() {
        return new Refusal(
                reply(404, "not_found", "The requested resource either doesn't exist or you don't have access to it."));
    }

    static Refusal invalid(String message) {
        return new Refusal(reply(400, "invalid_parameters", message));
    }

    static Refusal unauthorized() {
        return new Refusal(reply(401, "unauthorized", "Unauthorized request"));
    }

    /** The error that a failure switch makes for a status. */
    static Reply forStatus(int status) {
        String type = switch (status) {
            case 400 -> "invalid_parameters";
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 429 -> "too_many_requests";
            default -> "internal_error";
        };
        return reply(status, type, "made by a failure switch");
    }
}
