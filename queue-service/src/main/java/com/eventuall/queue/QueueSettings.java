package com.eventuall.queue;

import java.time.Duration;

/**
 * @param maxLive how many may be on stage; 0 for no limit
 * @param maxDocumentBytes a larger document begins a new generation
 * @param compactAfterEntries log entries after which a snapshot is written
 * @param compactAfterBytes log bytes after which a snapshot is written
 * @param maxPendingBytes what may wait inside the document for what it refers to
 * @param maxPendingAge how long announcements hold back for that
 * @param maxUnwrittenBytes what may wait for a store that does not answer
 * @param editTimeout how long a REST caller waits for durability and announcement; longer than a dead owner's lease
 * @param idleTime how long a room without sockets stays in memory
 * @param maxAwarenessStates sessions whose awareness is shared; beyond it participants' are only answered
 */
public record QueueSettings(
        int maxLive,
        int maxDocumentBytes,
        int compactAfterEntries,
        int compactAfterBytes,
        int maxPendingBytes,
        Duration maxPendingAge,
        int maxUnwrittenBytes,
        Duration editTimeout,
        Duration idleTime,
        int maxAwarenessStates) {

    /** What a room gets unless configured otherwise. */
    public static final QueueSettings DEFAULTS = new QueueSettings(
            0,
            1 << 20,
            256,
            256 << 10,
            256 << 10,
            Duration.ofSeconds(5),
            1 << 20,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            100);

    /** The same with another stage limit. */
    public QueueSettings withMaxLive(int max) {
        return new QueueSettings(
                max,
                maxDocumentBytes,
                compactAfterEntries,
                compactAfterBytes,
                maxPendingBytes,
                maxPendingAge,
                maxUnwrittenBytes,
                editTimeout,
                idleTime,
                maxAwarenessStates);
    }

    /** The same with another document limit. */
    public QueueSettings withMaxDocumentBytes(int max) {
        return new QueueSettings(
                maxLive,
                max,
                compactAfterEntries,
                compactAfterBytes,
                maxPendingBytes,
                maxPendingAge,
                maxUnwrittenBytes,
                editTimeout,
                idleTime,
                maxAwarenessStates);
    }
}
