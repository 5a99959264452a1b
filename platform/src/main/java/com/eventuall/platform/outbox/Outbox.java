package com.eventuall.platform.outbox;

import com.eventuall.platform.events.OutgoingEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Where events wait that were written in one step with the state they tell of. Split into partitions; within one, events
 * leave in the order in which they were written.
 */
public interface Outbox {
    /** How many partitions there are, numbered from 0. */
    int partitions();

    /**
     * Whether this process may relay now. At most one process is told yes at a time, except for a moment after a pause that
     * outlasts its lease: then events may go out twice, which consumers expect.
     */
    Uni<Boolean> acquire();

    /** The oldest waiting events of a partition, at most {@code limit}; empty when there are none. */
    Uni<List<Waiting>> peek(int partition, int limit);

    /** Forgets events that Kafka has acknowledged. */
    Uni<Void> remove(int partition, List<Waiting> published);

    /** Gives up {@link #acquire()} so that another process can go on at once. */
    Uni<Void> release();

    /**
     * An event in its place.
     *
     * @param position what the outbox knows it by
     * @param event the event
     */
    record Waiting(String position, OutgoingEvent event) {}
}
