package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.Reply;
import io.vertx.core.json.JsonObject;

/** The error codes of Twirp that LiveKit uses, and its HTTP statuses; the body is JSON whatever the request was. */
enum TwirpError {
    UNAUTHENTICATED("unauthenticated", 401),
    NOT_FOUND("not_found", 404),
    BAD_ROUTE("bad_route", 404),
    MALFORMED("malformed", 400),
    INVALID_ARGUMENT("invalid_argument", 400),
    FAILED_PRECONDITION("failed_precondition", 412),
    RESOURCE_EXHAUSTED("resource_exhausted", 429),
    DEADLINE_EXCEEDED("deadline_exceeded", 408),
    UNIMPLEMENTED("unimplemented", 501),
    UNAVAILABLE("unavailable", 503),
    INTERNAL("internal", 500);

    private final String code;
    private final int status;

    TwirpError(String code, int status) {
        this.code = code;
        this.status = status;
    }

    Reply reply(String message) {
        return Reply.json(
                status, new JsonObject().put("code", code).put("msg", message).put("meta", new JsonObject()));
    }

    Refusal refuse(String message) {
        return new Refusal(reply(message));
    }

    /** The error that a failure switch makes for a status; {@code internal} with that status if Twirp has none. */
    static Reply forStatus(int status) {
        for (TwirpError error : values()) {
            if (error.status == status && error != BAD_ROUTE && error != MALFORMED) {
                return error.reply(error == UNAVAILABLE ? "no response from servers" : error.code);
            }
        }
        Reply internal = INTERNAL.reply("internal error");
        return new Reply(status, internal.headers(), internal.body());
    }
}
