package com.eventuall.chat;

import io.smallrye.mutiny.Uni;

/** Something that is done in the background until nothing is left to do. */
public interface Work {
    /** For logs and metrics. */
    String name();

    /**
     * Does what is due, up to a limit. Failures of single tasks postpone these; the Uni fails only if the store does not
     * answer.
     *
     * @return whether there may be more right now
     */
    Uni<Boolean> round();
}
