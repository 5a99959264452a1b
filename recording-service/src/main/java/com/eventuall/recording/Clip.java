package com.eventuall.recording;

import com.eventuall.recording.clip.ClipWindow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One participant's time on stage as a Mux asset of its own.
 *
 * @param id stable id
 * @param window whose, from which asset, from when to when
 * @param state its own state; a failed clip never fails the recording
 * @param attempt the current try at making it
 * @param reason why it failed, a stable code; with {@link State#PROCESSING}, why its asset is to be deleted
 * @param playbackId public playback id once ready
 */
public record Clip(
        UUID id,
        ClipWindow window,
        State state,
        Attempt attempt,
        @Nullable String reason,
        @Nullable String playbackId) {

    /** A clip's own life. */
    public enum State {
        /** To be made. */
        PENDING,
        /** A create call may be under way: the intent is stored. */
        CREATING,
        /** Mux is making it. */
        PROCESSING,
        /** Playable. */
        READY,
        /** Given up, {@link Clip#reason()} says why; can be retried. */
        FAILED,
        /** Later knowledge of the stays made it wrong; its asset is deleted and it is no longer listed. */
        WITHDRAWN;

        /** Whether nothing is left to do without new input. */
        public boolean terminal() {
            return switch (this) {
                case READY, FAILED, WITHDRAWN -> true;
                case PENDING, CREATING, PROCESSING -> false;
            };
        }
    }

    /**
     * A try at making a clip.
     *
     * @param number part of the tag at Mux; never used twice for one clip
     * @param tries counted failures since the clip was planned or retried
     * @param intentAt when the intent of this try was stored, or, once its asset is to be deleted, the intent to do that
     * @param assetId Mux id of the clip's asset, once known
     * @param dueAt when to look again
     */
    public record Attempt(
            int number,
            int tries,
            @Nullable Instant intentAt,
            @Nullable String assetId,
            Instant dueAt) {}

    static Clip planned(UUID id, ClipWindow window, Instant now) {
        return new Clip(id, window, State.PENDING, new Attempt(0, 0, null, null, now), null, null);
    }

    /** The same clip to be made once more, after it failed. */
    public Clip retried(Instant now) {
        return new Clip(id, window, State.PENDING, new Attempt(attempt.number() + 1, 0, null, null, now), null, null);
    }

    /** The same cut, although it may show other stays than was thought. */
    Clip showing(ClipWindow sameCut) {
        return new Clip(id, sameCut, state, attempt, reason, playbackId);
    }

    Clip creating(Instant now) {
        return new Clip(
                id, window, State.CREATING, new Attempt(attempt.number(), attempt.tries(), now, null, now), null, null);
    }

    Clip processing(String assetId, Instant dueAt) {
        return in(State.PROCESSING, new Attempt(attempt.number(), attempt.tries(), attempt.intentAt(), assetId, dueAt));
    }

    Clip ready(@Nullable String playback) {
        return new Clip(id, window, State.READY, attempt, null, playback);
    }

    Clip discarded(String why, Instant now) {
        return new Clip(id, window, State.PROCESSING, toDelete(now), why, null);
    }

    Clip withdrawn(Instant now) {
        return new Clip(id, window, State.WITHDRAWN, toDelete(now), null, playbackId);
    }

    private Attempt toDelete(Instant now) {
        return new Attempt(attempt.number(), attempt.tries(), now, attempt.assetId(), now);
    }

    Clip deleted() {
        return in(state, new Attempt(attempt.number(), attempt.tries(), attempt.intentAt(), null, attempt.dueAt()));
    }

    /** Nothing was made and nothing is wrong: the same try again, later. */
    Clip postponed(Instant dueAt) {
        return in(State.PENDING, new Attempt(attempt.number(), attempt.tries(), null, null, dueAt));
    }

    /** This try came to nothing: another one, or the end after {@code maxTries}. */
    Clip missed(String why, int maxTries, Instant dueAt) {
        int tries = attempt.tries() + 1;
        State next = tries >= maxTries ? State.FAILED : State.PENDING;
        return new Clip(
                id,
                window,
                next,
                new Attempt(attempt.number() + 1, tries, null, null, dueAt),
                next == State.FAILED ? why : null,
                null);
    }

    /** Given up whatever there may be at Mux. */
    Clip failed(String why) {
        Attempt last = new Attempt(attempt.number(), attempt.tries(), null, null, attempt.dueAt());
        return new Clip(id, window, State.FAILED, last, why, null);
    }

    Clip lookAgainAt(Instant at) {
        return in(state, due(at));
    }

    private Attempt due(Instant at) {
        return new Attempt(attempt.number(), attempt.tries(), attempt.intentAt(), attempt.assetId(), at);
    }

    private Clip in(State next, Attempt nextAttempt) {
        return new Clip(id, window, next, nextAttempt, reason, playbackId);
    }
}
