package com.eventuall.contracts.events;

/**
 * A person asks to come on stage.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param name display name
 * @param requestId this request; a new one after each removal
 * @param requestedAt epoch milliseconds on the clock of the replica that took the request
 */
public record StageRequested(
        String eventId, String roomId, String userId, String name, String requestId, long requestedAt)
        implements RoomEvent {
    public StageRequested {
        userId = Field.userId(userId);
        requestId = Field.text(requestId, "requestId");
        Field.time(requestedAt, "requestedAt");
    }
}
