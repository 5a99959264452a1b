package com.eventuall.queue;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One person in the document, as all replicas read it.
 *
 * @param requestId names this request; a removal and a new request make a new one
 * @param rank the place in its list; null sorts last
 * @param listId the Yjs id of the value that put the person on this list: equal on all replicas
 */
public record QueueEntry(
        String userId,
        String name,
        long requestedAt,
        String requestId,
        Place place,
        @Nullable String rank,
        String listId) {

    /** The one order of a list: by rank, then by user id. Never the map's own order, which depends on delivery. */
    public static final Comparator<QueueEntry> ORDER = Comparator.comparing(
                    QueueEntry::rank, Comparator.nullsLast(Comparator.<String>naturalOrder()))
            .thenComparing(QueueEntry::userId);
}
