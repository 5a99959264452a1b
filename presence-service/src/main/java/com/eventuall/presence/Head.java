package com.eventuall.presence;

/**
 * A place in a room's history.
 *
 * @param epoch names one unbroken row of versions; empty if the room is unknown
 * @param version counts the changes within the epoch
 * @param chain a digest over all changes up to here. Two histories that share an epoch and a version but not the chain have
 *     forked, which happens when a store comes back with older data than it had acknowledged
 */
public record Head(String epoch, long version, String chain) {
    /** The head of a room that nobody has seen. */
    public static final Head NONE = new Head("", 0, "");

    /** Whether the room exists. */
    public boolean exists() {
        return !epoch.isEmpty();
    }
}
