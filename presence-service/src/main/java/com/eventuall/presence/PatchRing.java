package com.eventuall.presence;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The last changes of a room, so that a client that missed some gets only those. Bounded in number. */
final class PatchRing {
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(long version, RoomDelta delta) {}

    PatchRing(int capacity) {
        this.capacity = capacity;
    }

    /** Adds the change that led to {@code version}, which must be the one after the newest. */
    void add(long version, RoomDelta delta) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(version, delta));
    }

    void clear() {
        entries.clear();
    }

    /** All changes after {@code version} as one; null if some of them are no longer known. */
    @Nullable
    RoomDelta since(long version) {
        Entry oldest = entries.peekFirst();
        if (oldest == null || oldest.version > version + 1) {
            return null;
        }
        RoomDelta all = RoomDelta.NONE;
        for (Entry entry : entries) {
            if (entry.version > version) {
                all = all.then(entry.delta);
            }
        }
        return all;
    }
}
