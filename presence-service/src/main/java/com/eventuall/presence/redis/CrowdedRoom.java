package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.presence.Facts;
import com.eventuall.presence.Head;
import com.eventuall.presence.RoomDelta;
import com.eventuall.presence.RoomState;
import com.eventuall.presence.Step;
import com.eventuall.presence.StoreUnavailableException;
import com.eventuall.presence.StoredRoom;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a room with very many people: all but them in one step, then people by page, then what changed meanwhile. A page may
 * show somebody earlier or later than the next page does; the changes since the first step, which are whole values, bring all
 * to the same place. Fails if so much changed that the log does not reach back; the caller then tries again.
 */
final class CrowdedRoom {
    private static final String PAGE = "2000";

    private final RedisRoomStore store;
    private final RedisCommands redis;
    private final RoomKey room;
    private final StoredRoom begun;

    /** {@code begun}: the room without its people. */
    CrowdedRoom(RedisRoomStore store, RedisCommands redis, RoomKey room, StoredRoom begun) {
        this.store = store;
        this.redis = redis;
        this.room = room;
        this.begun = begun;
    }

    Uni<StoredRoom> readPeople() {
        return readFrom("0")
                .chain(() -> store.stepsSince(room, begun.head().version()))
                .map(this::caughtUp);
    }

    private Uni<Void> readFrom(String cursor) {
        return redis.send(Command.HSCAN, RoomKeys.people(room), cursor, "COUNT", PAGE)
                .chain(page -> {
                    begun.state()
                            .merge(new RoomDelta(
                                    StoredRooms.people(page.get(1)), Map.of(), Map.of(), Facts.NONE, null, Map.of()));
                    String next = page.get(0).toString();
                    return next.equals("0") ? Uni.createFrom().voidItem() : readFrom(next);
                });
    }

    private StoredRoom caughtUp(List<Step> since) {
        RoomState state = begun.state();
        Head head = begun.head();
        for (Step step : since) {
            boolean follows = step.head().version() == head.version() + 1
                    && step.head().epoch().equals(head.epoch());
            if (!follows) {
                throw new StoreUnavailableException();
            }
            state.merge(step.delta());
            head = step.head();
        }
        List<Step> recent = new ArrayList<>(begun.recent());
        recent.addAll(since);
        return new StoredRoom(head, state, recent);
    }
}
