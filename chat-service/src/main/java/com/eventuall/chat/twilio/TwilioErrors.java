package com.eventuall.chat.twilio;

import com.eventuall.chat.VendorException;
import com.eventuall.chat.VendorException.Kind;
import com.twilio.exception.ApiException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Twilio's errors mean to us. The code is looked at first: its statuses are not documented. */
final class TwilioErrors {
    static final int UNIQUE_NAME_TAKEN = 50353;
    static final int ALREADY_IN = 50433;
    static final int NOT_IN = 50432;
    private static final int IDENTITY_FULL = 50214;
    private static final int CONVERSATION_FULL = 50417;
    private static final int NOT_FOUND = 20404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long MAX_PAUSE_SECONDS = 60;
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

    private TwilioErrors() {}

    /**
     * What an answer means that says "not now", so that the SDK need not look at it: it would drop Retry-After, and fail on a
     * body that is not JSON. Null for every other answer.
     */
    static @Nullable VendorException notNow(int status, Optional<String> retryAfter) {
        Duration wait = retryAfter.flatMap(TwilioErrors::seconds).orElse(null);
        if (status == TOO_MANY_REQUESTS) {
            return new VendorException(Kind.BUSY, "Twilio answered 429", wait == null ? USUAL_PAUSE : wait);
        }
        return status >= 500 ? new VendorException(Kind.UNAVAILABLE, "Twilio answered " + status, wait) : null;
    }

    /** What the SDK's failure means. */
    static VendorException translate(Throwable failure) {
        if (!(failure instanceof ApiException api) || api.getStatusCode() == null) {
            return new VendorException(Kind.UNAVAILABLE, "Twilio does not answer");
        }
        int status = api.getStatusCode();
        int code = api.getCode() == null ? 0 : api.getCode();
        String what = "Twilio answered " + status + " (" + code + ")";
        return switch (code) {
            case IDENTITY_FULL -> new VendorException(Kind.PERSON_FULL, what);
            case CONVERSATION_FULL -> new VendorException(Kind.CONVERSATION_FULL, what);
            case NOT_FOUND, NOT_IN -> new VendorException(Kind.NOT_FOUND, what);
            default -> new VendorException(status == 404 ? Kind.NOT_FOUND : Kind.REFUSED, what);
        };
    }

    /** What a {@code Retry-After} asks for, at most a minute; empty for a date. */
    static Optional<Duration> seconds(String value) {
        try {
            return Optional.of(
                    Duration.ofSeconds(Math.min(MAX_PAUSE_SECONDS, Math.max(0, Long.parseLong(value.strip())))));
        } catch (NumberFormatException e) {
            // A date is allowed too, but Twilio sends seconds.
            return Optional.empty();
        }
    }

    static boolean has(ApiException failure, int code) {
        return failure.getCode() != null && failure.getCode() == code;
    }
}
