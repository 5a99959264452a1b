package com.eventuall.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The vendor did not do what was asked. The message is ours and holds nothing of the vendor's answer. */
public final class VendorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What it means for the caller. */
    public enum Kind {
        /** No answer, or an error of the vendor's own: it may have happened or not. Try again. */
        UNAVAILABLE,
        /** Not done, because of too many requests. Try again after {@link #retryAfter}. */
        BUSY,
        /** What the call is about does not exist (any more). */
        NOT_FOUND,
        /** The conversation has no room for another person. */
        CONVERSATION_FULL,
        /** The person is in as many conversations as the vendor allows. */
        PERSON_FULL,
        /** The vendor will not do it, however often it is asked. */
        REFUSED
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public VendorException(Kind kind, String message) {
        this(kind, message, null);
    }

    public VendorException(Kind kind, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** How long to wait at least; null if the vendor did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same call can succeed later without anything else changing. */
    public boolean isTransient() {
        return kind == Kind.UNAVAILABLE || kind == Kind.BUSY;
    }

    /** Whether a failure is a {@link VendorException} of that kind. */
    public static boolean is(Throwable failure, Kind kind) {
        return failure instanceof VendorException vendor && vendor.kind == kind;
    }

    /** Whether a failure is a {@link VendorException} that time can heal. */
    public static boolean isTransient(Throwable failure) {
        return failure instanceof VendorException vendor && vendor.isTransient();
    }
}
