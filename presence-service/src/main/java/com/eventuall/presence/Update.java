package com.eventuall.presence;

import org.jspecify.annotations.Nullable;

/** Something to tell clients. To be encoded before the call that hands it over returns: states are mutable. */
public sealed interface Update {
    /** The version a client has afterwards. */
    long version();

    /**
     * What changed since {@code from}.
     *
     * @param from the version the client has
     * @param version the version it has afterwards
     * @param delta the change
     * @param before the state at {@code from}, with which unchanged fields can be left out; null if not at hand
     */
    record Patch(
            long from,
            long version,
            RoomDelta delta,
            @Nullable RoomState before) implements Update {}

    /**
     * Everything.
     *
     * @param epoch the room's epoch
     * @param version its version
     * @param state its state
     * @param lite whether the people are only some of them
     */
    record Snapshot(String epoch, long version, RoomState state, boolean lite) implements Update {}
}
