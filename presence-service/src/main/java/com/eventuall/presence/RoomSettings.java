package com.eventuall.presence;

import java.time.Duration;

/**
 * The knobs of a room.
 *
 * @param awayAfter without a heartbeat for this long a socket counts as away
 * @param grace how long an abrupt loss stays invisible
 * @param ringSize how many versions a client may miss and still get only those
 * @param liteAbove from this many people present on, mere viewers get the lite view; it ends at four fifths of it
 * @param litePage how many people the lite view lists
 * @param minWindow the shortest time between two fan-outs of a busy room
 * @param frameCostMicros what sending one frame costs, in microseconds of CPU
 */
public record RoomSettings(
        Duration awayAfter,
        Duration grace,
        int ringSize,
        int liteAbove,
        int litePage,
        Duration minWindow,
        double frameCostMicros) {
    public static final RoomSettings DEFAULTS =
            new RoomSettings(Duration.ofSeconds(90), Duration.ofSeconds(2), 512, 1000, 24, Duration.ofMillis(25), 10.5);
}
