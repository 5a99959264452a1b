package com.eventuall.chat;

import com.eventuall.chat.RoomStore.SeatTask;
import io.smallrye.mutiny.Uni;

/** Lets people in who came while the vendor could not take them. */
public final class SeatWork implements Work {
    private final RoomStore store;
    private final RoomChats rooms;
    private final Backoff backoff;

    public SeatWork(RoomStore store, RoomChats rooms, Backoff backoff) {
        this.store = store;
        this.rooms = rooms;
        this.backoff = backoff;
    }

    @Override
    public String name() {
        return "seats";
    }

    @Override
    public Uni<Boolean> round() {
        return store.claimSeats(Rounds.LIMIT)
                .chain(tasks -> Rounds.run(tasks, task -> rooms.retry(task.seat()), this::failed));
    }

    private Uni<Void> failed(SeatTask task, Throwable failure) {
        // What time cannot heal is dropped: the person's next call starts anew and is told.
        return failure instanceof VendorException vendor && !vendor.isTransient()
                ? store.unseated(task.seat().conversationSid(), task.seat().userId())
                : store.postpone(task, backoff.after(failure, task.attempts()));
    }
}
