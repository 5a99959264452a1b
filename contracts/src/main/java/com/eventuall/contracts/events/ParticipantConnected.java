package com.eventuall.contracts.events;

/**
 * A person has come into a room: the first socket of theirs is open there.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param name display name
 * @param role {@code participant} or {@code moderator}
 * @param connectedAt epoch milliseconds
 */
public record ParticipantConnected(
        String eventId, String roomId, String userId, String name, String role, long connectedAt) implements RoomEvent {
    public ParticipantConnected {
        userId = Field.userId(userId);
        role = Field.text(role, "role");
        Field.time(connectedAt, "connectedAt");
    }
}
