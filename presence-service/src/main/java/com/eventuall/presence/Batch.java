package com.eventuall.presence;

import java.util.List;

/**
 * Operations that the store applies in one atomic step, with at most one new version.
 *
 * @param node who asks; empty for a caller that owns no sockets
 * @param number grows with every batch of this node for this room: a batch that was given up and arrives late is refused
 * @param known what the caller believes to be the newest place; {@link Head#NONE} if it has no replica
 * @param freshEpoch the epoch to use if one has to be begun
 * @param reseed whether the caller may begin a new epoch because the store has lost what it knew
 * @param ops what to do, in order
 */
public record Batch(String node, long number, Head known, String freshEpoch, boolean reseed, List<RoomOp> ops) {}
