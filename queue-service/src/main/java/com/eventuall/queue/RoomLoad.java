package com.eventuall.queue;

/**
 * What a room takes at present.
 *
 * @param sockets that have it open in this process
 * @param logEntries since the last snapshot
 * @param unwrittenBytes that wait for the store
 * @param pendingBytes that wait inside the document for what they refer to
 * @param pendingMillis since when some do; 0 if none
 */
public record RoomLoad(int sockets, int logEntries, int unwrittenBytes, int pendingBytes, long pendingMillis) {

    static final RoomLoad NONE = new RoomLoad(0, 0, 0, 0, 0);
}
