package com.eventuall.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing made at a vendor, or meant to be. The intent is stored before the call, so that whoever continues after a
 * crash knows that something may exist and looks for it before making another.
 *
 * @param kind what it is
 * @param ordinal 0, 1, … per kind
 * @param state how sure we are
 * @param intentAt when the last intent was stored
 * @param externalId the vendor's id, once known
 */
public record Effect(
        Kind kind,
        int ordinal,
        State state,
        Instant intentAt,
        @Nullable String externalId) {

    /** What can be made. Clips carry their own attempt, see {@link Clip}. */
    public enum Kind {
        STREAM,
        EGRESS
    }

    /** What is known about it. */
    public enum State {
        /** A call may be under way, or may have been lost with its caller. */
        INTENT,
        /** The vendor surely did nothing. */
        REFUSED,
        /** It exists, {@code externalId} names it. */
        DONE,
        /** It existed or was looked for, and is over. */
        GONE
    }

    static Effect intent(Kind kind, int ordinal, Instant now) {
        return new Effect(kind, ordinal, State.INTENT, now, null);
    }

    Effect done(String id) {
        return new Effect(kind, ordinal, State.DONE, intentAt, id);
    }

    Effect refused() {
        return new Effect(kind, ordinal, State.REFUSED, intentAt, null);
    }

    Effect gone() {
        return new Effect(kind, ordinal, State.GONE, intentAt, externalId);
    }

    boolean open() {
        return state == State.INTENT || state == State.DONE;
    }
}
