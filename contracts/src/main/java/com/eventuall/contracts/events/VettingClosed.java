package com.eventuall.contracts.events;

/**
 * A vetting conversation is closed.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param conversationSid the conversation at Twilio
 * @param requestId the request it was about
 * @param closedAt epoch milliseconds
 * @param outcome {@code approved}, {@code withdrawn}, {@code removed} or {@code expired}
 */
public record VettingClosed(
        String eventId,
        String roomId,
        String userId,
        String conversationSid,
        String requestId,
        long closedAt,
        String outcome)
        implements RoomEvent {
    public VettingClosed {
        userId = Field.userId(userId);
        conversationSid = Field.text(conversationSid, "conversationSid");
        requestId = Field.text(requestId, "requestId");
        Field.time(closedAt, "closedAt");
        outcome = Field.text(outcome, "outcome");
    }
}
