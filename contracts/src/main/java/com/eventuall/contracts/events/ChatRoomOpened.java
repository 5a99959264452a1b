package com.eventuall.contracts.events;

/**
 * The chat conversation of a room exists. Sent again with another SID when it had to be made anew.
 *
 * @param eventId the event
 * @param roomId the room
 * @param conversationSid the conversation at Twilio
 * @param openedAt epoch milliseconds
 */
public record ChatRoomOpened(String eventId, String roomId, String conversationSid, long openedAt)
        implements RoomEvent {
    public ChatRoomOpened {
        conversationSid = Field.text(conversationSid, "conversationSid");
        Field.time(openedAt, "openedAt");
    }
}
