package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.outbox.RedisOutbox;
import com.eventuall.platform.redis.Shards;
import java.util.List;

/** The keys of rooms and shards; what each holds is said at the head of {@code lua/presence-apply.lua}. */
final class RoomKeys {
    static final String SERVICE = "presence";

    private RoomKeys() {}

    /** In the order in which {@code presence-apply.lua} wants them. */
    static List<String> ofApply(RoomKey room) {
        int shard = Shards.of(room);
        return List.of(
                meta(room),
                people(room),
                sockets(room),
                key("due", room),
                key("stage", room),
                key("pins", room),
                key("facts", room),
                key("seqs", room),
                log(room),
                sweep(shard),
                fenced(shard),
                RedisOutbox.stream(SERVICE, shard));
    }

    /** In the order in which {@code presence-open.lua} wants them. */
    static List<String> ofOpen(RoomKey room) {
        return List.of(
                meta(room),
                people(room),
                key("due", room),
                key("stage", room),
                key("pins", room),
                key("facts", room),
                key("seqs", room),
                log(room),
                sweep(Shards.of(room)));
    }

    static String meta(RoomKey room) {
        return key("meta", room);
    }

    static String people(RoomKey room) {
        return key("people", room);
    }

    static String sockets(RoomKey room) {
        return key("sockets", room);
    }

    static String log(RoomKey room) {
        return key("log", room);
    }

    static String sweep(int shard) {
        return Shards.key(SERVICE, shard, "sweep");
    }

    /** What a room's due set is called, without the room. */
    static String duePrefix(int shard) {
        return Shards.key(SERVICE, shard, "due") + ":";
    }

    static String fenced(int shard) {
        return Shards.key(SERVICE, shard, "fenced");
    }

    /** Pub/sub: steps and evictions of the rooms of a shard. */
    static String channel(int shard) {
        return Shards.key(SERVICE, shard, "bus");
    }

    /** The rooms of an event that may exist; a set of room ids. */
    static String roomsOf(String eventId) {
        return SERVICE + ":rooms:" + eventId;
    }

    private static String key(String what, RoomKey room) {
        return Shards.key(SERVICE, what, room);
    }
}
