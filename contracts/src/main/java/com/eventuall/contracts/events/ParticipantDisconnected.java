package com.eventuall.contracts.events;

/**
 * A person is gone from a room: the last socket is closed and the grace is over.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param disconnectedAt epoch milliseconds
 * @param reason {@code left}, {@code lost} or {@code expired}
 */
public record ParticipantDisconnected(String eventId, String roomId, String userId, long disconnectedAt, String reason)
        implements RoomEvent {
    public ParticipantDisconnected {
        userId = Field.userId(userId);
        Field.time(disconnectedAt, "disconnectedAt");
        reason = Field.text(reason, "reason");
    }
}
