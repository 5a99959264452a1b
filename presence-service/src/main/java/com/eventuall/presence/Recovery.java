package com.eventuall.presence;

import com.eventuall.contracts.RoomKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a room back after its history in the store broke off or forked. The first node to come begins a new epoch; every
 * node gives back what its replica remembers and announces its own sockets, and only then reads the room. So clients see
 * one snapshot of the whole, never the half-filled store in between.
 */
final class Recovery {
    /** Operations in one batch; keeps the store's atomic step at a few milliseconds. */
    private static final int CHUNK = 500;

    private static final long RETRY_MILLIS = 250;

    private final RoomKey room;
    private final RoomStore store;
    private final Node node;
    private final Timers timers;
    private final LiveRoom owner;
    private final List<RoomOp> ops;
    private int done;
    private Standing known;

    Recovery(RoomKey room, RoomStore store, Node node, Timers timers, LiveRoom owner, Standing known) {
        this.room = room;
        this.store = store;
        this.node = node;
        this.timers = timers;
        this.owner = owner;
        this.known = known;
        this.ops = new ArrayList<>(Restoration.of(owner.state()));
        owner.announcements().forEach(ops::add);
    }

    void run() {
        List<RoomOp> chunk = ops.subList(done, Math.min(ops.size(), done + CHUNK));
        Batch batch = new Batch(node.id(), node.nextBatch(), known, node.freshEpoch(), true, List.copyOf(chunk));
        Answers.handle(store.apply(room, batch), (reply, failure) -> answered(batch, reply, failure));
    }

    private void answered(Batch batch, @Nullable ApplyReply reply, @Nullable Throwable failure) {
        if (reply == null || failure != null) {
            timers.after(RETRY_MILLIS, this::run);
            return;
        }
        switch (reply.outcome()) {
            case OK -> {
                known = new Standing(reply.head(), 0);
                owner.acknowledged(batch);
                done += batch.ops().size();
                next();
            }
            case OTHER_EPOCH -> {
                known = new Standing(reply.head(), 0);
                run();
            }
            case FENCED -> {
                known = new Standing(known.head(), 0);
                node.fenced(batch.node());
                timers.after(RETRY_MILLIS, this::run);
            }
            case LOST, STALE -> timers.after(RETRY_MILLIS, this::run);
        }
    }

    private void next() {
        if (done < ops.size()) {
            run();
            return;
        }
        Answers.handle(store.open(room, node.freshEpoch()), (stored, failure) -> {
            if (failure != null) {
                timers.after(RETRY_MILLIS, this::next);
            } else {
                owner.recovered(stored);
            }
        });
    }
}
