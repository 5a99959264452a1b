package com.eventuall.presence;

import java.util.List;

/**
 * Operations that the store applies in one atomic step, with at most one new version.
 *
 * @param node who asks; empty for a caller that owns no sockets
 * @param number grows with every batch of this node: one that was given up and arrives late is refused
 * @param known what the store has acknowledged to the caller; {@link Standing#NONE} if it has no replica
 * @param freshEpoch the epoch to use if one has to be begun; empty to leave a room alone that does not exist
 * @param reseed whether the caller may begin a new epoch because the store has lost what it knew
 * @param ops what to do, in order
 */
public record Batch(String node, long number, Standing known, String freshEpoch, boolean reseed, List<RoomOp> ops) {
    /** A batch of a caller that owns no sockets and has no replica. */
    public static Batch anonymous(String freshEpoch, List<RoomOp> ops) {
        return new Batch("", 0, Standing.NONE, freshEpoch, false, ops);
    }

    /** Whether the room's own deadline is looked at, so that the room may end. */
    public boolean mayEndRoom() {
        return ops.contains(RoomOp.Expire.OF_ROOM);
    }
}
