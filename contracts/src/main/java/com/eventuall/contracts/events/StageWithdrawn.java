package com.eventuall.contracts.events;

/**
 * A request for the stage has ended without its person coming on stage.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param requestId the request
 * @param withdrawnAt epoch milliseconds
 * @param outcome {@code withdrawn}, {@code removed} or {@code expired}
 */
public record StageWithdrawn(
        String eventId, String roomId, String userId, String requestId, long withdrawnAt, String outcome)
        implements RoomEvent {
    public StageWithdrawn {
        userId = Field.userId(userId);
        requestId = Field.text(requestId, "requestId");
        Field.time(withdrawnAt, "withdrawnAt");
        outcome = Field.text(outcome, "outcome");
    }
}
