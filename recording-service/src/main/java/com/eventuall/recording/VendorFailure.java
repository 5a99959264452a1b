package com.eventuall.recording;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A vendor call that did not succeed. Its message never holds a body or a credential. */
public final class VendorFailure extends RuntimeException {

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
