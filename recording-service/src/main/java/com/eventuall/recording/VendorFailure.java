package com.eventuall.recording;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A vendor call that did not succeed. Its message never holds a body or a credential. */
public final class VendorFailure extends RuntimeException {

    /** Seconds; a vendor that asks for more is asked again after that. */
    private static final long LONGEST_WAIT = 600;

    private final FailureKind kind;
    private final String code;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param kind what it means for the effect
     * @param code short stable word, such as {@code not_found}
     * @param retryAfter what the vendor asked for, if it did
     */
    public VendorFailure(FailureKind kind, String code, @Nullable Duration retryAfter) {
        super(kind + " " + code, null, false, false);
        this.kind = kind;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** What a {@code Retry-After} header asks for: only its form in seconds, at most ten minutes; {@code null} for anything else. */
    public static @Nullable Duration retryAfter(@Nullable String header) {
        return header == null || !header.matches("\\d{1,6}")
                ? null
                : Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(header)));
    }

    public FailureKind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
