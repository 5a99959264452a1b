package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.Reply;
import io.vertx.core.json.JsonObject;

/** Errors of the REST API; callers go by the code. */
enum TwilioError {
    INVALID_PARAMETER(20001, 400, "Invalid parameter"),
    AUTHENTICATION(20003, 401, "Authenticate"),
    NOT_FOUND(20404, 404, "The requested resource was not found"),
    TOO_MANY_REQUESTS(20429, 429, "Too many requests"),
    UNIQUE_NAME_TAKEN(50353, 409, "Conversation with provided unique name already exists"),
    UNIQUE_NAME_LIKE_SID(50390, 400, "Unique name must not look like a conversation sid"),
    PARTICIPANT_EXISTS(50433, 409, "Participant already exists"),
    PARTICIPANT_NOT_FOUND(50432, 404, "Participant not found"),
    CONVERSATION_FULL(50417, 400, "Participants limit exceeded"),
    IDENTITY_FULL(50214, 403, "User is a member of too many conversations"),
    /** The vendor's code is not documented; callers see that it is a refusal. */
    CONVERSATION_CLOSED(50386, 400, "Conversation is closed");

    private static final int INTERNAL = 20500;

    private final int code;
    private final int status;
    private final String message;

    TwilioError(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    Reply reply() {
        return reply(code, status, message);
    }

    Refusal refuse() {
        return new Refusal(reply());
    }

    Refusal refuse(String detail) {
        return new Refusal(reply(code, status, message + ": " + detail));
    }

    /** The error that a failure switch makes for a status. */
    static Reply forStatus(int status) {
        for (TwilioError error : values()) {
            if (error.status == status) {
                return error.reply();
            }
        }
        return reply(INTERNAL, status, "Internal server error");
    }

    private static Reply reply(int code, int status, String message) {
        return Reply.json(
                status,
                new JsonObject()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }
}
