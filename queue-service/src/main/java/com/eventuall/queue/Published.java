package com.eventuall.queue;

import java.util.List;

/**
 * What everybody was told of a room: the base from which the next announcement is the difference.
 *
 * @param revision counts announcements; strictly increasing, also over a loss of the store
 * @param position the entry of the room's log up to which this tells
 */
public record Published(long revision, long position, List<Waiting> pending, List<Stay> live) {

    public static final Published NOTHING = new Published(0, 0, List.of(), List.of());

    public Published {
        pending = List.copyOf(pending);
        live = List.copyOf(live);
    }
}
