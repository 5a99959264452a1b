package com.eventuall.queue.runtime;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Configuration of queue-service. */
@ConfigMapping(prefix = "queue")
public interface QueueConfig {

    /** How long somebody on stage may be gone from the room before they leave the stage. */
    @WithDefault("60s")
    Duration stageGrace();

    /** How long somebody who waits may be gone from the room before their request expires. */
    @WithDefault("10m")
    Duration requestGrace();

    /** How many may be on stage at once; 0 for no limit. Beyond it the newest are put back on the pending list. */
    @WithDefault("0")
    @Min(0)
    int maxLive();

    /** How often one person may ask for the stage or take that back, per replica. */
    RateLimit rateLimit();

    /** How often one person may ask for the stage or take that back, per replica. Beyond it: 429 with Retry-After. */
    interface RateLimit {

        /** Requests at once. */
        @WithDefault("30")
        @Min(1)
        int burst();

        /** Requests a second in the long run: each may begin a room that is kept for {@link QueueConfig#retention}. */
        @WithDefault("2")
        @Min(1)
        int perSecond();
    }

    /** How long a room that nobody touches is kept in Redis. */
    @WithDefault("7D")
    Duration retention();

    /** How long a room without sockets stays in this process' memory. */
    @WithDefault("30s")
    Duration idleTime();

    /** How sockets are sent away when the process stops. */
    Drain drain();

    /** How sockets are sent away when the process stops. */
    interface Drain {

        /** Over how long the sockets of a replica that stops are closed. Must be below {@code quarkus.shutdown.delay}. */
        @WithDefault("5s")
        Duration spread();
    }

    /** What one room and one socket may take. */
    Limits limits();

    /** What one room and one socket may take. */
    interface Limits {

        /** A document that is larger when a snapshot is due begins a new generation; its browsers load it anew. */
        @WithDefault("1M")
        MemorySize documentBytes();

        /** Updates that may wait inside a document for what they refer to; beyond it their senders are turned away. */
        @WithDefault("256K")
        MemorySize pendingBytes();

        /** How long announcements hold back while updates wait inside a document. */
        @WithDefault("5s")
        Duration pendingAge();

        /** Updates of a room that may wait for Redis; beyond it their senders are turned away and keep them. */
        @WithDefault("1M")
        MemorySize unwrittenBytes();

        /** Bytes that may wait for a slow reader; beyond it the socket is closed with 4008. */
        @WithDefault("1M")
        MemorySize unsentBytes();

        /** Frames a second that a socket may send for long, 8 KiB more counting as one more; beyond it 4429 closes it. */
        @WithDefault("200")
        @Min(1)
        int messagesPerSecond();

        /** Frames that a socket may send at once. */
        @WithDefault("1000")
        @Min(1)
        int messageBurst();

        /** Sessions of a room whose awareness is shared; beyond it that of participants is answered only. */
        @WithDefault("100")
        @Min(1)
        int awarenessStates();
    }
}
