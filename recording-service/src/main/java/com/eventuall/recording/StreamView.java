package com.eventuall.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Mux live stream as last seen.
 *
 * @param stream what we keep of it
 * @param status its status; {@link Status#ABSENT} when Mux does not know the id
 * @param tag its {@code passthrough}
 * @param createdAt by Mux's clock, to the second
 */
public record StreamView(
        LiveStream stream, Status status, @Nullable String tag, Instant createdAt) {

    /** Mux's states, and two of ours. */
    public enum Status {
        IDLE,
        ACTIVE,
        DISABLED,
        /** A status this version does not know. */
        UNKNOWN,
        /** Deleted. */
        ABSENT
    }
}
