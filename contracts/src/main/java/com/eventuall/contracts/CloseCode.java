package com.eventuall.contracts;

/** Why a socket was closed, and what its client should do. One table for servers, the browser package and the docs. */
public enum CloseCode {
    NORMAL(1000, "bye", Policy.STOP),
    GOING_AWAY(1001, "page left", Policy.STOP),
    MESSAGE_TOO_LARGE(1009, "message too large", Policy.STOP),
    SERVER_ERROR(1011, "server error", Policy.BACK_OFF),
    RESTART(1012, "service restart", Policy.RECONNECT_SPREAD),
    TRY_LATER(1013, "try again later", Policy.LONG_BACK_OFF),
    INVALID_MESSAGE(4400, "message not understood", Policy.STOP),
    PASS_EXPIRED(4401, "pass missing or expired", Policy.RENEW_PASS),
    NOT_ALLOWED(4403, "not allowed here", Policy.STOP),
    TOO_SLOW(4008, "client reads too slowly", Policy.BACK_OFF),
    NO_HEARTBEAT(4408, "no sign of life in time", Policy.BACK_OFF),
    CONNECTED_ELSEWHERE(4409, "connected elsewhere", Policy.STOP),
    /** The shared document was begun anew: throw the local copy away and load it again, which a page reload does. */
    DOCUMENT_REPLACED(4410, "document replaced, load it anew", Policy.STOP),
    TOO_MANY_MESSAGES(4429, "too many messages", Policy.LONG_BACK_OFF),
    FENCED(4503, "replica lost its lease", Policy.RECONNECT_SPREAD);

    /** What a client does after a close. */
    public enum Policy {
        /** Do not reconnect; tell the user where it matters. */
        STOP,
        /** Reconnect with exponential back-off and full jitter. */
        BACK_OFF,
        /** Reconnect with back-off that starts at 10 s or more. */
        LONG_BACK_OFF,
        /** Reconnect once, at a random moment of the spread the server announced. */
        RECONNECT_SPREAD,
        /** Get a fresh pass, then reconnect. */
        RENEW_PASS
    }

    private final int code;
    private final String reason;
    private final Policy policy;

    CloseCode(int code, String reason, Policy policy) {
        this.code = code;
        this.reason = reason;
        this.policy = policy;
    }

    /** The WebSocket close code. */
    public int code() {
        return code;
    }

    /** The reason sent with it: plain ASCII, under 123 bytes. */
    public String reason() {
        return reason;
    }

    /** What the client should do. */
    public Policy policy() {
        return policy;
    }
}
