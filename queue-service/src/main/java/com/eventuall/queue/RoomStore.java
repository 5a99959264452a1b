package com.eventuall.queue;

import com.eventuall.contracts.RoomKey;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where a room's document lives: a log of entries, numbered from 1 without gaps, a snapshot that stands for the first of
 * them, and what was announced. Every method is one atomic step, or fails with {@link QueueException} unavailable, in which
 * case it is not known whether it happened. All steps may be repeated.
 *
 * <p>An <em>epoch</em> is the life of one log: another one means that the store has lost all of it, or its end. A
 * <em>generation</em> is the life of one document: the next one begins clean, with the same people. A caller that has seen
 * more of a log than the store has is answered {@link Status#OTHER_SCOPE} by every step, as a store that fails over or crashes
 * may come back without the last second.
 */
public interface RoomStore {

    /** Which log and which document a step is meant for. */
    record Scope(String epoch, int generation) {}

    /**
     * Everything that is stored of a room, which begins to exist if it did not.
     *
     * @param snapshot one update; empty if there is none
     * @param entries what came after the snapshot
     */
    record Loaded(Scope scope, long position, byte[] snapshot, List<byte[]> entries, Published published) {
        public Loaded {
            entries = List.copyOf(entries);
        }
    }

    /** How a step ended. */
    enum Status {
        DONE,
        /** Another log or another document is there now: load again. */
        OTHER_SCOPE,
        /** Another replica is the owner. */
        NOT_OWNER,
        /** The base is not what was announced last, or the position is behind it. */
        STALE
    }

    /** @param position the entry's number if {@link Status#DONE} */
    record Appended(Status status, long position) {}

    /**
     * What an owner announces.
     *
     * @param replica who wants to be or stay owner
     * @param expectedRevision of the base
     * @param position the log entry up to which this tells
     * @param changed whether lists differ from the base; if not, only the position moves
     * @param facts in order; stays that begin have {@link Stay#NOW}
     * @param trace the W3C trace context of what caused them; null if it is not traced
     */
    record Publication(
            String replica,
            long expectedRevision,
            long position,
            boolean changed,
            List<Waiting> pending,
            List<Stay> live,
            List<StageFact> facts,
            @Nullable String trace) {}

    /** @param published what is announced now, whoever did it; of no meaning if {@link Status#OTHER_SCOPE} */
    record PublishResult(Status status, Published published) {}

    /**
     * Loads, and begins another epoch if the store has less of the known log than the caller.
     *
     * @param generation at least; for a store that lost everything while replicas or clients know better
     * @param known the log that the caller has followed
     * @param position how far
     */
    CompletionStage<Loaded> load(RoomKey room, int generation, Scope known, long position);

    /**
     * Adds an entry and tells all replicas.
     *
     * @param position how far the caller has followed the log
     */
    CompletionStage<Appended> append(RoomKey room, Scope scope, long position, byte[] entry);

    /** The entries after {@code position}. */
    CompletionStage<Entries> entriesAfter(RoomKey room, Scope scope, long position);

    /**
     * Entries in the order of their numbers, which begin with {@code first}.
     *
     * @param status {@link Status#DONE}, or {@link Status#OTHER_SCOPE}, also when the log no longer reaches back so far
     */
    record Entries(Status status, long first, List<byte[]> entries) {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Announces lists, stays and events in one step, if the replica is the owner or there is none. One owner at a time:
     * being it lasts for a while after each announcement, and whoever lost it is refused. An expected revision above the
     * stored one means that the store has lost its own and is given back what it had.
     */
    CompletionStage<PublishResult> publish(RoomKey room, Scope scope, Publication publication);

    /** What was announced last; {@link Published#NOTHING} for a room that does not exist. */
    CompletionStage<Published> published(RoomKey room);

    /** Replaces the log up to {@code position} by a snapshot, unless a newer one is there. */
    CompletionStage<Status> compact(RoomKey room, Scope scope, long position, byte[] snapshot);

    /** Begins the next generation with this document, if nothing was added after {@code position}. */
    CompletionStage<Status> rollOver(RoomKey room, Scope scope, long position, byte[] document);

    /** Tells the other replicas something that is not kept. Best effort. */
    void tell(RoomKey room, byte[] awareness);
}
