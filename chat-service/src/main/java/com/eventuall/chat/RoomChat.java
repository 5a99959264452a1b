package com.eventuall.chat;

import com.eventuall.contracts.RoomKey;
import org.jspecify.annotations.Nullable;

/**
 * A room's chat.
 *
 * @param room the room
 * @param phase where it is
 * @param conversationSid its conversation; null while it has to be made anew because somebody deleted it outside
 */
public record RoomChat(RoomKey room, Phase phase, @Nullable String conversationSid) {
    /** Where a room's chat is. */
    public enum Phase {
        /** In use. */
        OPEN,
        /** Over; its conversation is still to be closed. */
        CLOSING,
        /** Over, and closed at the vendor. */
        CLOSED
    }

    public boolean isOpen() {
        return phase == Phase.OPEN;
    }
}
