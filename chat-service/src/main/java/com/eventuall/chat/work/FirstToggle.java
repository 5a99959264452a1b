package com.eventuall.chat.work;

import com.eventuall.chat.MessageRef;
import com.eventuall.chat.ReactionStore;
import com.eventuall.chat.RoomChats;
import com.eventuall.chat.reactions.Emoji;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.start.FirstUse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for the chat of a room that there is not, and reacts to no message: both stores are used, neither is changed. */
@ApplicationScoped
class FirstToggle implements FirstUse {
    private static final RoomKey ROOM = new RoomKey("warm-up", "warm-up");
    private static final MessageRef MESSAGE = new MessageRef(ROOM, "CH" + "0".repeat(32), "IM" + "0".repeat(32));

    private final RoomChats rooms;
    private final ReactionStore reactions;

    FirstToggle(RoomChats rooms, ReactionStore reactions) {
        this.rooms = rooms;
        this.reactions = reactions;
    }

    @Override
    public Uni<?> run() {
        return rooms.conversationOf(ROOM)
                .chain(() -> reactions.toggle(MESSAGE, Emoji.parse("👍").orElseThrow(), "warm-up"))
                .chain(() -> reactions.read(MESSAGE));
    }
}
