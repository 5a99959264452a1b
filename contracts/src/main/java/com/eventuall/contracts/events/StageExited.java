package com.eventuall.contracts.events;

/**
 * A stay on stage has ended.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param stayId the stay
 * @param enteredAt epoch milliseconds, as in its {@link StageEntered}
 * @param exitedAt epoch milliseconds on the clock of Redis
 * @param reason {@code demoted}, {@code removed}, {@code disconnected} or {@code limit}
 */
public record StageExited(
        String eventId, String roomId, String userId, String stayId, long enteredAt, long exitedAt, String reason)
        implements RoomEvent {
    public StageExited {
        userId = Field.userId(userId);
        stayId = Field.text(stayId, "stayId");
        Field.time(enteredAt, "enteredAt");
        Field.time(exitedAt, "exitedAt");
        reason = Field.text(reason, "reason");
    }
}
