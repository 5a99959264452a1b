package com.eventuall.contracts.events;

import org.jspecify.annotations.Nullable;

/**
 * What has become of the clip of one stay on stage. One shape for {@code clip-ready} and {@code clip-failed}.
 *
 * @param eventId the event
 * @param roomId the room
 * @param recordingId the recording it was cut from
 * @param clipId the clip
 * @param userId the person
 * @param state {@code READY} or {@code FAILED}
 * @param reason why it failed; null when ready
 * @param assetId the clip's asset at Mux; null when there is none
 * @param playbackUrl HLS address; null when there is none
 * @param start seconds from the start of the source asset
 * @param end seconds from the start of the source asset
 */
public record ClipChanged(
        String eventId,
        String roomId,
        String recordingId,
        String clipId,
        String userId,
        String state,
        @Nullable String reason,
        @Nullable String assetId,
        @Nullable String playbackUrl,
        @Nullable Double start,
        @Nullable Double end)
        implements RoomEvent {
    public ClipChanged {
        recordingId = Field.text(recordingId, "recordingId");
        clipId = Field.text(clipId, "clipId");
        userId = Field.userId(userId);
        state = Field.text(state, "state");
    }
}
