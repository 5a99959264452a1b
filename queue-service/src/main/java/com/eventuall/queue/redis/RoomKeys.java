package com.eventuall.queue.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.outbox.RedisOutbox;
import com.eventuall.platform.redis.Shards;
import com.eventuall.platform.redis.SharedKeys;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of all keys and channels of this service. */
final class RoomKeys {

    static final String SERVICE = "queue";

    private RoomKeys() {}

    /** Hash: what is known of the room beside its document. */
    static String room(RoomKey room) {
        return Shards.key(SERVICE, "room", room);
    }

    /** Stream: the log. */
    static String log(RoomKey room) {
        return Shards.key(SERVICE, "log", room);
    }

    /** String: the snapshot. */
    static String snapshot(RoomKey room) {
        return Shards.key(SERVICE, "snapshot", room);
    }

    /** Hash: who is on stage; other services read it. */
    static String live(RoomKey room) {
        return SharedKeys.stage(room);
    }

    static String outbox(RoomKey room) {
        return RedisOutbox.stream(SERVICE, Shards.of(room));
    }

    /** Sorted set: rooms with entries that were not announced yet, by time. */
    static String dirty(int shard) {
        return Shards.key(SERVICE, shard, "dirty");
    }

    /** Sorted set: people of the queue who are gone from their room, by the time to look at them again. */
    static String absent(int shard) {
        return Shards.key(SERVICE, shard, "absent");
    }

    /** Hash: user id to when they were last seen to come (positive) or go (negative), in ms. */
    static String presence(RoomKey room) {
        return Shards.key(SERVICE, "presence", room);
    }

    /** On which a shard's rooms tell their replicas what is new. */
    static String channel(RoomKey room) {
        return channel(Shards.of(room));
    }

    private static String channel(int shard) {
        return Shards.key(SERVICE, shard, "feed");
    }

    static Set<String> channels() {
        return Shards.all().mapToObj(RoomKeys::channel).collect(Collectors.toSet());
    }
}
