package com.eventuall.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** When a conversation was last known to exist. Bounded: beyond that all is forgotten, which costs a few calls more. */
final class Sightings {
    static final Duration RECENT = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final ConcurrentMap<String, Long> seenAt = new ConcurrentHashMap<>();
    private final Clock clock;

    Sightings(Clock clock) {
        this.clock = clock;
    }

    void seen(String conversationSid) {
        if (seenAt.size() >= MOST) {
            seenAt.clear();
        }
        seenAt.put(conversationSid, clock.millis());
    }

    boolean isRecent(String conversationSid) {
        Long at = seenAt.get(conversationSid);
        return at != null && clock.millis() - at < RECENT.toMillis();
    }
}
