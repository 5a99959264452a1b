package com.eventuall.chat;

import com.eventuall.chat.RoomStore.RoomTask;
import io.smallrye.mutiny.Uni;

/** Closes the conversations of ended rooms, and gives open rooms a new one in place of one that was deleted outside. */
public final class RoomWork implements Work {
    private final RoomStore store;
    private final RoomChats rooms;
    private final Conversations conversations;
    private final Backoff backoff;

    public RoomWork(RoomStore store, RoomChats rooms, Conversations conversations, Backoff backoff) {
        this.store = store;
        this.rooms = rooms;
        this.conversations = conversations;
        this.backoff = backoff;
    }

    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public Uni<Boolean> round() {
        return store.claimRooms(Rounds.LIMIT)
                .chain(tasks -> Rounds.run(
                        tasks,
                        this::handle,
                        (task, failure) -> store.postpone(task, backoff.after(failure, task.attempts()))));
    }

    private Uni<Void> handle(RoomTask task) {
        RoomChat chat = task.chat();
        String sid = chat.conversationSid();
        if (chat.isOpen()) {
            return sid == null
                    ? rooms.open(chat.room()).replaceWithVoid()
                    : Uni.createFrom().voidItem();
        }
        return sid == null
                ? Uni.createFrom().voidItem()
                : conversations.close(sid).chain(() -> store.closed(sid));
    }
}
