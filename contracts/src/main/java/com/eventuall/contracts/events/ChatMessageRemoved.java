package com.eventuall.contracts.events;

/**
 * A message of a room's chat was deleted, by whomever; its reactions are gone with it.
 *
 * @param eventId the event
 * @param roomId the room
 * @param conversationSid the conversation at Twilio
 * @param messageSid the message, which is never used again
 * @param removedAt when we learned of it, epoch milliseconds
 */
public record ChatMessageRemoved(
        String eventId, String roomId, String conversationSid, String messageSid, long removedAt)
        implements RoomEvent {}
