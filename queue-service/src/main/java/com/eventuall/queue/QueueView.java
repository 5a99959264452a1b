package com.eventuall.queue;

import java.util.List;

/**
 * What a document says at one moment.
 *
 * @param pending in order
 * @param live in order
 * @param flaws what is wrong with the document, for somebody to repair
 */
public record QueueView(List<QueueEntry> pending, List<QueueEntry> live, List<Flaw> flaws) {

    /** A value that no honest edit makes. Readers agree on what it means until it is repaired. */
    public enum Kind {
        /** A key that is no user id, or a value that is no map. Nobody is listed for it. */
        NO_ENTRY,
        /** {@code list} is missing or names no list: read as pending. */
        NO_LIST,
        /** The rank of its list is missing or malformed: sorts last. */
        NO_RANK
    }

    /**
     * One flaw.
     *
     * @param cause what made it: the same flaw made again has another cause
     */
    public record Flaw(String key, Kind kind, String cause) {}

    public QueueView {
        pending = List.copyOf(pending);
        live = List.copyOf(live);
        flaws = List.copyOf(flaws);
    }

    /** How many people are in the queue. */
    int size() {
        return pending.size() + live.size();
    }

    List<QueueEntry> list(Place place) {
        return switch (place) {
            case PENDING -> pending;
            case LIVE -> live;
        };
    }
}
