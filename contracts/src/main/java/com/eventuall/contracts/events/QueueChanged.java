package com.eventuall.contracts.events;

import java.util.List;

/**
 * The lists of a room, whole and in order.
 *
 * @param eventId the event
 * @param roomId the room
 * @param revision counts the changes of this room; strictly increasing
 * @param pending user ids that wait, first first
 * @param live user ids on stage, first first
 */
public record QueueChanged(String eventId, String roomId, long revision, List<String> pending, List<String> live)
        implements RoomEvent {
    public QueueChanged {
        pending = Field.userIds(pending, "pending");
        live = Field.userIds(live, "live");
    }
}
