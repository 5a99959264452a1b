package com.eventuall.presence;

import com.eventuall.contracts.Role;
import org.jspecify.annotations.Nullable;

/**
 * A socket that wants to follow a room.
 *
 * @param connectionId unique over all nodes and times
 * @param userId whose it is
 * @param name their display name
 * @param role what they may do
 * @param status how present they are: online, or away
 * @param snapshots whether it wants whole snapshots rather than patches
 * @param resume where it was before; null if it starts anew
 */
public record Joiner(
        String connectionId,
        String userId,
        String name,
        Role role,
        Status status,
        boolean snapshots,
        @Nullable Resume resume) {
    /** A place that a client has seen. */
    public record Resume(String epoch, long version) {}
}
