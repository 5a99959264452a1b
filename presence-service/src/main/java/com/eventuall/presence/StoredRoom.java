package com.eventuall.presence;

import java.util.List;

/**
 * A room as the store has it, read in one atomic step.
 *
 * @param head its place; {@link Head#NONE} if the room is unknown
 * @param state its state at that place
 * @param recent the last steps that led there, oldest first
 */
public record StoredRoom(Head head, RoomState state, List<Step> recent) {}
