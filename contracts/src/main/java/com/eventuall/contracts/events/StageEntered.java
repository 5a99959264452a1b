package com.eventuall.contracts.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A stay on stage has begun. Followed by exactly one {@link StageExited} with the same {@code stayId}.
 *
 * @param eventId the event
 * @param roomId the room
 * @param userId the person
 * @param stayId the stay; equal on every retry
 * @param enteredAt epoch milliseconds on the clock of Redis; not to be compared with {@link StageRequested#requestedAt()},
 *     which is on another one
 * @param requestId the request that led here, as in its {@link StageRequested}; null in events from before there was this
 *     field. Somebody who is sent back to the waiting comes again by the same request, in another stay
 */
public record StageEntered(
        String eventId,
        String roomId,
        String userId,
        String stayId,
        long enteredAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String requestId)
        implements RoomEvent {
    public StageEntered {
        userId = Field.userId(userId);
        stayId = Field.text(stayId, "stayId");
        Field.time(enteredAt, "enteredAt");
        requestId = requestId == null ? null : Field.text(requestId, "requestId");
    }

    /** An event that does not say which request led to the stay. */
    public StageEntered(String eventId, String roomId, String userId, String stayId, long enteredAt) {
        this(eventId, roomId, userId, stayId, enteredAt, null);
    }
}
