package com.eventuall.contracts.events;

/**
 * A private conversation about a request for the stage is open.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param conversationSid the conversation at Twilio
 * @param requestId the request it is about
 * @param openedAt epoch milliseconds
 */
public record VettingOpened(
        String eventId, String roomId, String userId, String conversationSid, String requestId, long openedAt)
        implements RoomEvent {
    public VettingOpened {
        userId = Field.userId(userId);
        conversationSid = Field.text(conversationSid, "conversationSid");
        requestId = Field.text(requestId, "requestId");
        Field.time(openedAt, "openedAt");
    }
}
