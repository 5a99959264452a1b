package com.eventuall.presence;

/** What a client is told of a room. */
public enum View {
    /** Everything, as patches. */
    FULL,
    /** As patches, but people only in part: see {@link RoomState#lite}. */
    LITE,
    /** Everything, as a whole snapshot on every change. */
    SNAPSHOT
}
