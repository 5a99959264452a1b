package com.eventuall.queue.redis;

import com.eventuall.platform.redis.Subscription;
import com.eventuall.platform.redis.Subscriptions;
import com.eventuall.queue.Rooms;
import org.jboss.logging.Logger;

/**
 * Hears what other replicas did and passes it to the rooms in memory. What is missed here a room finds by itself: by a gap in
 * the numbers, or within two seconds by looking into its log.
 */
public final class RedisRoomFeed {

    private static final Logger LOG = Logger.getLogger(RedisRoomFeed.class);

    private final Rooms rooms;
    private final Subscription subscription;

    public RedisRoomFeed(Rooms rooms, Subscriptions subscriptions) {
        this.rooms = rooms;
        this.subscription = subscriptions.open(RoomKeys.channels(), (channel, message) -> hear(message), this::catchUp);
    }

    public boolean isHearing() {
        return subscription.isSubscribed();
    }

    public void stop() {
        subscription.stop();
    }

    private void catchUp() {
        rooms.withAll(room -> room.follow());
    }

    private void hear(byte[] bytes) {
        FeedMessage message;
        try {
            message = FeedMessage.read(bytes);
        } catch (IllegalArgumentException e) {
            LOG.warnf("A message that is none on the feed: %s", e.getMessage());
            return;
        }
        switch (message.kind()) {
            case FeedMessage.ENTRY ->
                rooms.ifHeld(
                        message.room(), room -> room.receive(message.scope(), message.number(0), message.payload()));
            case FeedMessage.ANNOUNCED -> announced(message);
            case FeedMessage.AWARENESS -> rooms.ifHeld(message.room(), room -> room.hearAwareness(message.payload()));
            default -> LOG.debugf("Unknown message %s on the feed", message.kind());
        }
    }

    private void announced(FeedMessage message) {
        long revision = message.number(0);
        long position = message.number(1);
        rooms.ifHeld(message.room(), room -> {
            if (message.payload().length == 0) {
                room.hearNothingNew(message.scope(), revision, position);
            } else {
                room.hearAnnounced(
                        message.scope(),
                        revision,
                        position,
                        () -> PublishedJson.read(revision, position, message.text()));
            }
        });
    }
}
