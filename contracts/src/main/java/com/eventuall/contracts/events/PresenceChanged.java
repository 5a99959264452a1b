package com.eventuall.contracts.events;

/**
 * A person's status in a room has changed.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param status {@code online}, {@code away}, {@code offline} or {@code removed}
 * @param since epoch milliseconds
 */
public record PresenceChanged(String eventId, String roomId, String userId, String status, long since)
        implements RoomEvent {
    public PresenceChanged {
        userId = Field.userId(userId);
        status = Field.text(status, "status");
        Field.time(since, "since");
    }
}
