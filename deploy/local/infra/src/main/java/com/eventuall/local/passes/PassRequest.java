package com.eventuall.local.passes;

import com.eventuall.contracts.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pass shall say.
 *
 * @param rooms null for all rooms of the event
 * @param claims merged over the usual claims; a null value removes a claim
 */
public record PassRequest(
        String userId,
        String name,
        String eventId,
        Role role,
        @Nullable List<String> rooms,
        long ttlSeconds,
        Map<String, @Nullable Object> claims) {

    public static final long DEFAULT_TTL_SECONDS = 3600;

    /** A participant with a name made from the id, for one hour, in all rooms. */
    public static PassRequest participant(String eventId, String userId) {
        return new PassRequest(
                userId, "Name of " + userId, eventId, Role.PARTICIPANT, null, DEFAULT_TTL_SECONDS, Map.of());
    }

    /** A moderator with a name made from the id, for one hour, in all rooms. */
    public static PassRequest moderator(String eventId, String userId) {
        return participant(eventId, userId).withRole(Role.MODERATOR);
    }

    public PassRequest withRole(Role other) {
        return new PassRequest(userId, name, eventId, other, rooms, ttlSeconds, claims);
    }

    public PassRequest withRooms(List<String> only) {
        return new PassRequest(userId, name, eventId, role, only, ttlSeconds, claims);
    }

    public PassRequest withTtlSeconds(long seconds) {
        return new PassRequest(userId, name, eventId, role, rooms, seconds, claims);
    }

    /** With one claim set, or removed if {@code value} is null. */
    public PassRequest withClaim(String claim, @Nullable Object value) {
        Map<String, @Nullable Object> merged = new HashMap<>(claims);
        merged.put(claim, value);
        return new PassRequest(userId, name, eventId, role, rooms, ttlSeconds, merged);
    }
}
