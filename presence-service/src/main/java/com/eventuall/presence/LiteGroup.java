package com.eventuall.presence;

import org.jspecify.annotations.Nullable;

/**
 * What the lite view shows at present. It has a version of its own, the published one at its last change, because joins and
 * leaves of others reach it only on a tick.
 */
final class LiteGroup {
    private final int above;
    private final int page;
    private boolean active;
    private RoomState shown = new RoomState();
    private long version;

    LiteGroup(RoomSettings settings) {
        above = settings.liteAbove();
        page = settings.litePage();
    }

    boolean isActive() {
        return active;
    }

    long version() {
        return version;
    }

    /** Switches the lite mode with the size of the room; returns whether that changed anything. */
    boolean adjust(Counts counts) {
        boolean wanted = active ? counts.present() > above / 5 * 4 : counts.present() > above;
        boolean changed = wanted != active;
        active = wanted;
        return changed;
    }

    /** Shows {@code state} from now on, without telling. */
    void reset(RoomState state, long published) {
        shown = state.lite(page);
        version = published;
    }

    /** The patch that brings the view up to {@code state}; null if nothing in it changed. */
    Update.@Nullable Patch advance(RoomState state, long published) {
        RoomState next = state.lite(page);
        RoomDelta delta = RoomDelta.between(shown, next);
        if (delta.isEmpty()) {
            return null;
        }
        Update.Patch patch = new Update.Patch(version, published, delta, shown);
        shown = next;
        version = published;
        return patch;
    }

    Update.Snapshot snapshot(String epoch) {
        return new Update.Snapshot(epoch, version, shown, true);
    }
}
