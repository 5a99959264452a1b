package com.eventuall.chat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Spaces actions evenly over all replicas, so that together they stay below a rate. */
public interface Pace {
    /**
     * Waits for this action's turn.
     *
     * @param what what the rate belongs to
     * @param patience the longest acceptable wait; if the turn comes later, fails at once with {@link
     *     VendorException.Kind#BUSY}
     */
    Uni<Void> turn(String what, Duration patience);
}
