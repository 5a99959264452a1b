package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/**
 * Names one element for ever: the {@code clock}-th that {@code client} made. Both fit 53 bits.
 *
 * @param client the random number of the session that made it
 * @param clock counts that session's elements from 0; a string's characters and an array's values count each
 */
public record Id(long client, long clock) implements Parent {

    boolean is(long otherClient, long otherClock) {
        return client == otherClient && clock == otherClock;
    }

    static boolean equal(@Nullable Id a, @Nullable Id b) {
        return a == b || (a != null && b != null && a.is(b.client, b.clock));
    }

    @Override
    public String toString() {
        return client + ":" + clock;
    }
}
