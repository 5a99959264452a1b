package com.eventuall.contracts.events;

import com.eventuall.contracts.Ids;

/**
 * All passes of one person in one event that were signed up to a moment are void. Published by the platform's web back end,
 * which first sets the Redis key {@code revoked:EVENTID:USERID}; the suite's sockets close on it.
 *
 * @param eventId the event
 * @param userId the person
 * @param revokedAt epoch milliseconds; passes with {@code iat} at or before it are void
 */
public record PassRevoked(String eventId, String userId, long revokedAt) {
    public PassRevoked {
        Ids.eventId(eventId);
        userId = Field.userId(userId);
        Field.time(revokedAt, "revokedAt");
    }
}
