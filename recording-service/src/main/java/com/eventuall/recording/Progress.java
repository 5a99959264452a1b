package com.eventuall.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a recording is.
 *
 * @param state current state
 * @param cause why it is not going well or ended, {@code null} when nothing is amiss
 * @param since when the state was entered
 * @param nextAt when to look again, {@code null} for never
 * @param tries counted failures in a row, cleared when a state is entered
 * @param times moments worth keeping
 */
public record Progress(
        RecordingState state,
        @Nullable Cause cause,
        Instant since,
        @Nullable Instant nextAt,
        int tries,
        Times times) {

    /**
     * Moments of a recording.
     *
     * @param startedAt first seen active at both vendors
     * @param endedAt when stopping began
     * @param troubleSince since when there has been no egress to record with, or an active one without an active stream
     */
    public record Times(
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant troubleSince) {
        /** Nothing happened yet. */
        public static final Times NONE = new Times(null, null, null);
    }

    /** A recording that was just asked for. */
    public static Progress requested(Instant now) {
        return new Progress(RecordingState.REQUESTED, null, now, now, 0, Times.NONE);
    }

    Progress enter(RecordingState next, Instant now) {
        return new Progress(next, cause, now, now, 0, times);
    }

    Progress because(@Nullable Cause newCause) {
        return new Progress(state, newCause, since, nextAt, tries, times);
    }

    Progress wakeAt(@Nullable Instant at) {
        return new Progress(state, cause, since, at, tries, times);
    }

    Progress tried(int count) {
        return new Progress(state, cause, since, nextAt, count, times);
    }

    Progress started(Instant at) {
        return new Progress(state, cause, since, nextAt, tries, new Times(at, times.endedAt(), null));
    }

    Progress ended(Instant at) {
        return new Progress(state, cause, since, nextAt, tries, new Times(times.startedAt(), at, null));
    }

    Progress trouble(@Nullable Instant at) {
        return new Progress(state, cause, since, nextAt, tries, new Times(times.startedAt(), times.endedAt(), at));
    }
}
