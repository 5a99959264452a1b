package com.eventuall.platform.auth;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A verified pass: who somebody is in one event.
 *
 * @param userId the person
 * @param name display name; the user id where the pass has none
 * @param eventId the one event that this pass is for
 * @param rooms the rooms it opens; empty means all rooms of the event
 * @param role the strongest of its roles
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}
 */
public record Pass(
        String userId,
        String name,
        String eventId,
        Optional<Set<String>> rooms,
        Role role,
        Instant issuedAt,
        Instant expiresAt) {

    /** Why this pass does not open the event; empty if it does. */
    public Optional<ErrorCode> refusalFor(String event) {
        return eventId.equals(event) ? Optional.empty() : Optional.of(ErrorCode.WRONG_EVENT);
    }

    /** Why this pass does not open the room; empty if it does. */
    public Optional<ErrorCode> refusalFor(RoomKey room) {
        return refusalFor(room.eventId())
                .or(() -> rooms.filter(allowed -> !allowed.contains(room.roomId()))
                        .map(allowed -> ErrorCode.WRONG_ROOM));
    }
}
