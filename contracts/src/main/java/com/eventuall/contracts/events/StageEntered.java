package com.eventuall.contracts.events;

/**
 * A stay on stage has begun. Followed by exactly one {@link StageExited} with the same {@code stayId}.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param stayId the stay; equal on every retry
 * @param enteredAt epoch milliseconds on the clock of Redis
 */
public record StageEntered(String eventId, String roomId, String userId, String stayId, long enteredAt)
        implements RoomEvent {
    public StageEntered {
        userId = Field.userId(userId);
        stayId = Field.text(stayId, "stayId");
        Field.time(enteredAt, "enteredAt");
    }
}
