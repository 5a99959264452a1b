package com.eventuall.recording;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something others are told, stored in the same transaction as the state it describes.
 *
 * @param kind what
 * @param clipId which clip, {@code null} when it is about the recording
 */
public record Fact(Kind kind, @Nullable UUID clipId) {

    /** The facts; one topic each. */
    public enum Kind {
        /** Runs, runs again, or is interrupted for a moment; state and reason tell which. */
        STARTED,
        /** No longer runs; the reason tells why. */
        STOPPED,
        /** Over, and not as it should be. */
        FAILED,
        /** Over; everything that could be made is there. */
        READY,
        CLIP_READY,
        CLIP_FAILED
    }

    static Fact of(Kind kind) {
        return new Fact(kind, null);
    }

    static Fact of(Kind kind, UUID clipId) {
        return new Fact(kind, clipId);
    }
}
