package com.eventuall.recording;

import org.jspecify.annotations.Nullable;

/**
 * A reason with what is worth adding for people: never a secret, never a vendor's raw body.
 *
 * @param reason the stable reason
 * @param detail free text for people, such as which assets exist
 */
public record Cause(Reason reason, @Nullable String detail) {

    /** A cause that says it all by its code. */
    public static Cause of(Reason reason) {
        return new Cause(reason, null);
    }
}
