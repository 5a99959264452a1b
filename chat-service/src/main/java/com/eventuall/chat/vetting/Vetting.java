package com.eventuall.chat.vetting;

import org.jspecify.annotations.Nullable;

/**
 * One request's vetting.
 *
 * @param requestId the request; there is one vetting for each
 * @param phase where it is
 * @param conversationSid its conversation at the vendor; null until it is made
 * @param outcome how it ended; null while it is live
 * @param provisional whether the outcome is a guess, made because the next request came before the end of this one was told
 * @param requestedAt epoch milliseconds, on the clock of the queue's replica that took the request
 * @param changedAt when the phase was entered, epoch milliseconds
 */
public record Vetting(
        String requestId,
        Phase phase,
        @Nullable String conversationSid,
        @Nullable Outcome outcome,
        boolean provisional,
        long requestedAt,
        long changedAt) {

    /** What is to be done at the vendor. */
    public enum Step {
        /** Nothing. */
        NONE,
        /** Make the conversation. */
        OPEN,
        /** Close the conversation. */
        CLOSE
    }

    /** A vetting that is wanted. */
    public static Vetting requested(String requestId, long requestedAt, long now) {
        return new Vetting(requestId, Phase.REQUESTED, null, null, false, requestedAt, now);
    }

    /** What is to be done at the vendor. A provisional outcome closes too, but only after a while, see {@link VettingRules}. */
    public Step next() {
        return switch (phase) {
            case REQUESTED -> Step.OPEN;
            case OPEN, CLOSED -> Step.NONE;
            case CLOSING -> conversationSid == null ? Step.OPEN : Step.CLOSE;
        };
    }

    Vetting ending(Outcome how, boolean isProvisional, long now) {
        return new Vetting(requestId, Phase.CLOSING, conversationSid, how, isProvisional, requestedAt, now);
    }

    Vetting withConversation(String sid, long now) {
        Phase reached = phase == Phase.REQUESTED ? Phase.OPEN : phase;
        return new Vetting(requestId, reached, sid, outcome, provisional, requestedAt, now);
    }

    Vetting withoutConversation(long now) {
        return new Vetting(requestId, Phase.REQUESTED, null, null, false, requestedAt, now);
    }

    Vetting closed(long now) {
        return new Vetting(requestId, Phase.CLOSED, conversationSid, outcome, false, requestedAt, now);
    }
}
