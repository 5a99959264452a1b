package com.eventuall.contracts.events;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a recording. One shape for {@code recording-started}, {@code -stopped}, {@code -failed} and {@code -ready}.
 *
 * @param eventId the event
 * @param roomId the room
 * @param recordingId the recording
 * @param state the state it is in now
 * @param reason why it failed or was stopped; null where there is nothing to say
 * @param startedAt epoch milliseconds of its first content; null before
 * @param endedAt epoch milliseconds; null while it runs
 * @param playbackUrl HLS address for viewers; null while there is none
 */
public record RecordingChanged(
        String eventId,
        String roomId,
        String recordingId,
        String state,
        @Nullable String reason,
        @Nullable Long startedAt,
        @Nullable Long endedAt,
        @Nullable String playbackUrl)
        implements RoomEvent {
    public RecordingChanged {
        recordingId = Field.text(recordingId, "recordingId");
        state = Field.text(state, "state");
    }
}
