package com.eventuall.chat.redis;

import com.eventuall.chat.MessageRef;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.Shards;

/** The Redis keys of a message. All of a shard share a hash tag. */
final class MessageKeys {
    private static final String SERVICE = "chat";

    private MessageKeys() {}

    /** Hash: the message's reactions, see {@link RedisReactions}. */
    static String reactions(MessageRef message) {
        return Shards.key(SERVICE, "reactions", message.room()) + ":" + message.messageSid();
    }

    /** String: who mirrors the message. */
    static String lease(MessageRef message) {
        return Shards.key(SERVICE, "mirror", message.room()) + ":" + message.messageSid();
    }

    /** Zset: the unmirrored messages of a shard, {@link #member} to the time (epoch ms) from which they are due. */
    static String unmirrored(int shard) {
        return Shards.key(SERVICE, shard, "unmirrored");
    }

    static String unmirrored(MessageRef message) {
        return unmirrored(Shards.of(message.room()));
    }

    /** {@code eventId:roomId:conversationSid:messageSid}; none of them has a colon. */
    static String member(MessageRef message) {
        return message.room().key() + ":" + message.conversationSid() + ":" + message.messageSid();
    }

    static MessageRef message(String member) {
        String[] parts = member.split(":", 4);
        return new MessageRef(new RoomKey(parts[0], parts[1]), parts[2], parts[3]);
    }
}
