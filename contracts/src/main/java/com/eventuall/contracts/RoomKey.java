package com.eventuall.contracts;

/**
 * A room of an event. {@link #key()} is its one name everywhere: LiveKit room, Kafka key, CloudEvents subject, Redis hash
 * tag.
 *
 * @param eventId the event, see {@link Ids#eventId}
 * @param roomId the room in that event, see {@link Ids#roomId}
 */
public record RoomKey(String eventId, String roomId) {
    public RoomKey {
        Ids.eventId(eventId);
        Ids.roomId(roomId);
    }

    /**
     * Reads {@code eventId:roomId}.
     *
     * @throws InvalidIdException if {@code key} is anything else
     */
    public static RoomKey parse(String key) {
        int colon = key.indexOf(':');
        if (colon < 0) {
            throw new InvalidIdException("a room key is eventId:roomId");
        }
        return new RoomKey(key.substring(0, colon), key.substring(colon + 1));
    }

    /** {@code eventId:roomId}; a colon is in neither id, so the form is unambiguous. */
    public String key() {
        return eventId + ":" + roomId;
    }

    @Override
    public String toString() {
        return key();
    }
}
