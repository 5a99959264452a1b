package com.eventuall.presence;

/**
 * One change of a room as the store made it.
 *
 * @param previous the chain digest before it
 * @param head the place it leads to
 * @param delta what changed
 */
public record Step(String previous, Head head, RoomDelta delta) {}
