package com.eventuall.presence;

import com.eventuall.contracts.Role;
import org.jspecify.annotations.Nullable;

/** One open socket of this node in a room. Touched on the room's thread only. */
final class Member {
    final Joiner joiner;
    final long openedAt;
    Status status;
    long lastBeat;
    /** The view it follows; null until it is admitted. */
    @Nullable
    View view;
    /** The version it must at least be given, so that it finds itself; -1 until the store has answered. */
    long needs = -1;
    /** The version it came with and may be continued from; -1 if it must have a snapshot. */
    long resumesFrom = -1;

    Member(Joiner joiner, long now) {
        this.joiner = joiner;
        this.status = joiner.status();
        this.openedAt = now;
        this.lastBeat = now;
    }

    RoomOp.Here here() {
        Role role = joiner.role();
        return new RoomOp.Here(joiner.connectionId(), joiner.userId(), joiner.name(), role, status, openedAt);
    }
}
