package com.eventuall.e2e.faults;

import java.time.Duration;

/**
 * How much of it.
 *
 * @param rooms of a show
 * @param people per room, moderators not counted
 * @param sockets that lose their replica at once
 * @param killing how long replicas are killed at random
 * @param outage how long the broker stays away, and how late events come again
 * @param recordings that are made while their service dies
 */
record Scale(int rooms, int people, int sockets, Duration killing, Duration outage, int recordings) {
    static final Scale LONG = new Scale(2, 23, 500, Duration.ofMinutes(10), Duration.ofSeconds(60), 20);
    static final Scale SHORT = new Scale(1, 12, 100, Duration.ofSeconds(30), Duration.ofSeconds(12), 4);

    Scale killingFor(Duration duration) {
        return new Scale(rooms, people, sockets, duration, outage, recordings);
    }
}
