package com.eventuall.chat;

import com.eventuall.contracts.RoomKey;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * The conversations of rooms, in a place that other services read without asking this one. A copy: it may miss a room, and is
 * then filled by the next person who comes.
 */
public interface SidDirectory {
    /** The room's conversation, if the directory has it. */
    Uni<Optional<String>> find(RoomKey room);

    /** Enters a room. Never fails: the directory is a convenience. */
    Uni<Void> put(RoomKey room, String conversationSid);

    /** Removes a room's entry if it is this conversation. Never fails. */
    Uni<Void> remove(RoomKey room, String conversationSid);
}
