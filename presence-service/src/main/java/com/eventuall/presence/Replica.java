package com.eventuall.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of a room. It takes steps in whatever order and number they arrive, and lets only the unbroken row of
 * them through. What was accepted but not yet published waits outside the state, so that everything a client is given, be
 * it patch or snapshot, is of one published version.
 */
final class Replica {
    /** How many steps that came too early are kept; beyond it they are read from the store again. */
    private static final int MAX_EARLY = 256;

    /** What a step turned out to be. */
    enum Taken {
        /** It, and perhaps early ones after it, are accepted. */
        ACCEPTED,
        /** Nothing new. */
        KNOWN,
        /** Steps before it are missing. */
        EARLY,
        /** It belongs to another history than ours. */
        FOREIGN
    }

    private final PatchRing ring;
    private final List<Step> accepted = new ArrayList<>();
    private final TreeMap<Long, Step> early = new TreeMap<>();
    private RoomState state;
    private volatile Head head;
    private Head published;

    Replica(StoredRoom stored, int ringCapacity) {
        ring = new PatchRing(ringCapacity);
        state = stored.state();
        head = stored.head();
        published = stored.head();
        stored.recent().forEach(step -> ring.add(step.head().version(), step.delta()));
    }

    /** The state at the published place. */
    RoomState state() {
        return state;
    }

    /** The newest accepted place. */
    Head head() {
        return head;
    }

    /** The place that clients are brought to. */
    Head published() {
        return published;
    }

    boolean hasUnpublished() {
        return !accepted.isEmpty();
    }

    boolean hasGap() {
        return !early.isEmpty();
    }

    Taken offer(Step step) {
        Head next = step.head();
        if (!next.epoch().equals(head.epoch())) {
            return Taken.FOREIGN;
        }
        if (next.version() <= head.version()) {
            boolean forked = next.version() == head.version() && !next.chain().equals(head.chain());
            return forked ? Taken.FOREIGN : Taken.KNOWN;
        }
        if (next.version() > head.version() + 1) {
            if (early.size() < MAX_EARLY) {
                early.put(next.version(), step);
            }
            return Taken.EARLY;
        }
        if (!step.previous().equals(head.chain())) {
            return Taken.FOREIGN;
        }
        accept(step);
        return drainEarly();
    }

    private Taken drainEarly() {
        for (Step next = early.remove(head.version() + 1); next != null; next = early.remove(head.version() + 1)) {
            if (!next.previous().equals(head.chain())) {
                return Taken.FOREIGN;
            }
            accept(next);
        }
        return Taken.ACCEPTED;
    }

    private void accept(Step step) {
        accepted.add(step);
        head = step.head();
    }

    /** What lies between the published state and the head, as one change. */
    RoomDelta unpublished() {
        RoomDelta all = RoomDelta.NONE;
        for (Step step : accepted) {
            all = all.then(step.delta());
        }
        return all;
    }

    /** Makes the head the published place. */
    void publish() {
        for (Step step : accepted) {
            state.merge(step.delta());
            ring.add(step.head().version(), step.delta());
        }
        accepted.clear();
        published = head;
    }

    /**
     * Takes the store's word instead of the missing steps, within the same epoch. Nothing must be unpublished.
     *
     * @return the change from the state so far
     */
    RoomDelta jump(StoredRoom stored) {
        RoomDelta change = RoomDelta.between(state, stored.state());
        state = stored.state();
        head = stored.head();
        published = head;
        early.clear();
        ring.clear();
        stored.recent().forEach(step -> ring.add(step.head().version(), step.delta()));
        return change;
    }

    /** All published changes after {@code version}; null if that is not known any more, or not yet. */
    @Nullable
    RoomDelta since(long version) {
        return version > published.version()
                ? null
                : version == published.version() ? RoomDelta.NONE : ring.since(version);
    }
}
