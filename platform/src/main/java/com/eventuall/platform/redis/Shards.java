package com.eventuall.platform.redis;

import com.eventuall.contracts.RoomKey;
import java.util.stream.IntStream;

/**
 * Rooms are spread over a fixed number of shards, and the shard is the hash tag of every key of its rooms: a script may
 * then change a room and append to the shard's outbox stream in one atomic step, also on a Redis Cluster, and whoever
 * follows all outboxes or deadlines has {@value #COUNT} keys to look at rather than one per room.
 *
 * <p>Key form: <code>service:{s17}:what:eventId:roomId</code>, and <code>service:{s17}:outbox</code> for the shard.
 */
public final class Shards {
    /** Part of the key layout: changing it strands all state. */
    public static final int COUNT = 64;

    private Shards() {}

    /** The shard of a room, 0 to {@value #COUNT} - 1. */
    public static int of(RoomKey room) {
        return Math.floorMod(room.key().hashCode(), COUNT);
    }

    /** A key of a room, as in <code>queue:{s17}:log:e1:main</code>. */
    public static String key(String service, String what, RoomKey room) {
        return key(service, of(room), what) + ":" + room.key();
    }

    /** A key of a shard, as in <code>queue:{s17}:outbox</code>. */
    public static String key(String service, int shard, String what) {
        return service + ":{s" + shard + "}:" + what;
    }

    /** All shards. */
    public static IntStream all() {
        return IntStream.range(0, COUNT);
    }
}
