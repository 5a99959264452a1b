package com.eventuall.contracts;

import java.net.URI;
import java.util.Locale;

/**
 * Every error that a client can get, with what it means in HTTP. The code is stable: clients decide by it, never by the
 * detail text. The socket's counterpart is {@link CloseCode}.
 */
public enum ErrorCode {
    INVALID_ID(400, "An id breaks its rule"),
    INVALID_REQUEST(400, "The request cannot be understood"),
    TOKEN_IN_QUERY(400, "A pass must not be in the query string"),
    PASS_MISSING(401, "A pass is needed"),
    PASS_INVALID(401, "The pass is not valid"),
    PASS_EXPIRED(401, "The pass has expired"),
    PASS_REVOKED(401, "The pass has been revoked"),
    SIGNATURE_INVALID(401, "The signature is missing or wrong"),
    WRONG_EVENT(403, "The pass is for another event"),
    WRONG_ROOM(403, "The pass is not for this room"),
    NOT_A_MODERATOR(403, "Only a moderator may do this"),
    ORIGIN_NOT_ALLOWED(403, "This origin may not connect"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This method is not offered here"),
    NOT_ACCEPTABLE(406, "No representation fits the Accept header"),
    CONFLICT(409, "The state does not allow this now"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not understood"),
    UPGRADE_REQUIRED(426, "This address speaks WebSocket"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL(500, "Something went wrong here"),
    VENDOR_UNAVAILABLE(503, "A vendor's service does not answer"),
    OVERLOADED(503, "Too many connections are being opened"),
    DRAINING(503, "This replica is shutting down"),
    UNAVAILABLE(503, "A store that is needed does not answer");

    private static final String TYPE_BASE = "https://eventuall.com/problems/";

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The machine-readable code, as in {@code pass-expired}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The problem's title: the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The problem's {@code type} (RFC 9457). */
    public URI type() {
        return URI.create(TYPE_BASE + code());
    }

    /** Whether trying the same request again later can help. */
    public boolean retryable() {
        return status == 429 || status == 503;
    }

    /** The code for a bare HTTP status, as transports and libraries give it. */
    public static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 400 -> INVALID_REQUEST;
            case 401 -> PASS_INVALID;
            case 403 -> NOT_A_MODERATOR;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 426 -> UPGRADE_REQUIRED;
            case 429 -> RATE_LIMITED;
            case 502, 503, 504 -> UNAVAILABLE;
            default -> status >= 500 ? INTERNAL : INVALID_REQUEST;
        };
    }
}
