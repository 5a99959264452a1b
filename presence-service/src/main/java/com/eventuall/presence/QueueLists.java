package com.eventuall.presence;

import java.util.List;

/**
 * The stage queue as its owner last published it.
 *
 * @param revision grows with every change
 * @param pending who waits, first first
 * @param live who is on stage, first first
 */
public record QueueLists(long revision, List<String> pending, List<String> live) {
    /** What a room shows before the queue has spoken. */
    public static final QueueLists EMPTY = new QueueLists(0, List.of(), List.of());

    public QueueLists {
        pending = List.copyOf(pending);
        live = List.copyOf(live);
    }
}
