package com.eventuall.platform.redis;

import com.eventuall.contracts.RoomKey;

/** The keys that one service writes and others read. Everything else in Redis is private to its service. */
public final class SharedKeys {
    private SharedKeys() {}

    /**
     * Who is on stage. Hash: user id to JSON <code>{"stayId","enteredAt"}</code>. Written by queue-service in the same step
     * that publishes {@code stage-entered} and {@code stage-exited}, so whoever handles such an event reads a state at least
     * as new.
     */
    public static String stage(RoomKey room) {
        return Shards.key("queue", "live", room);
    }

    /**
     * Pub/sub channel: what queue-service is about to say on Kafka, as a hint for those who show it; lost when nobody listens. A
     * message has lines: the room key, then three for each event: type, sequence, payload as JSON. Traced changes are left
     * out, as their trace goes on with Kafka's record.
     */
    public static final String QUEUE_NEWS = "queue:news";

    /** The SID of the room's chat conversation. String. Written by chat-service when it has made or found one. */
    public static String conversation(RoomKey room) {
        return Shards.key("chat", "conversation", room);
    }
}
