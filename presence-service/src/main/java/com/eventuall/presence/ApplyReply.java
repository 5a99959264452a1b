package com.eventuall.presence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param outcome whether it was applied
 * @param head the room's place after it
 * @param step the change it made; null if it changed nothing that anybody sees
 * @param evicted connections that had to go because the person has too many
 */
public record ApplyReply(
        Outcome outcome, Head head, @Nullable Step step, List<String> evicted) {
    /** Whether a batch was applied, and if not, why. */
    public enum Outcome {
        /** Applied. */
        OK,
        /** Refused: the store has less than the caller knew. The caller may reseed it. */
        LOST,
        /** Refused: the room is in another epoch. The caller must load it again. */
        OTHER_EPOCH,
        /** Refused: the node's lease ran out and its sockets were given up. It needs a new name. */
        FENCED,
        /** Refused: a later batch of this node was applied before. */
        STALE
    }
}
