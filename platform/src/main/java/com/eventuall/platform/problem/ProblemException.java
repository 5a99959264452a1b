package com.eventuall.platform.problem;

import com.eventuall.contracts.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller gets as problem details. It has no stack trace: it is an answer, not a fault. The detail is
 * shown to the caller, so it holds no values from the request and nothing of our inside.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    /** A refusal with nothing to add to its title. */
    public ProblemException(ErrorCode code) {
        this(code, code.title(), null);
    }

    public ProblemException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    /** A refusal that says when to try again; sent as {@code Retry-After} in whole seconds, at least one. */
    public ProblemException(ErrorCode code, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** A store that is needed does not answer; asks the caller to come back in two seconds. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(ErrorCode.UNAVAILABLE, detail, Duration.ofSeconds(2));
    }

    public ErrorCode code() {
        return code;
    }

    /** What the caller is told about this occurrence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Seconds for {@code Retry-After}; null if trying again does not help. */
    public @Nullable Long retryAfterSeconds() {
        return retryAfter == null ? null : Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    }
}
