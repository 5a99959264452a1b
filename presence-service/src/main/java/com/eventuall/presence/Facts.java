package com.eventuall.presence;

import org.jspecify.annotations.Nullable;

/**
 * What other services say about a room. In a state, null means "not known yet"; in a change, "as before".
 *
 * @param recording the newest recording
 * @param queue the stage queue
 * @param conversationSid the chat conversation at Twilio
 */
public record Facts(
        @Nullable Recording recording,
        @Nullable QueueLists queue,
        @Nullable String conversationSid) {
    public static final Facts NONE = new Facts(null, null, null);

    /** These facts, overlaid with those that {@code later} knows. */
    public Facts then(Facts later) {
        return new Facts(
                later.recording == null ? recording : later.recording,
                later.queue == null ? queue : later.queue,
                later.conversationSid == null ? conversationSid : later.conversationSid);
    }

    /** Those of these facts that differ from {@code earlier}; facts are replaced, never taken back. */
    public Facts since(Facts earlier) {
        return new Facts(
                recording == null || recording.equals(earlier.recording) ? null : recording,
                queue == null || queue.equals(earlier.queue) ? null : queue,
                conversationSid == null || conversationSid.equals(earlier.conversationSid) ? null : conversationSid);
    }
}
