package com.eventuall.presence.ws;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.start.FirstUse;
import com.eventuall.presence.RoomReader;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads a room that there is not. */
@ApplicationScoped
class FirstRoom implements FirstUse {
    private final RoomReader rooms;

    FirstRoom(RoomReader rooms) {
        this.rooms = rooms;
    }

    @Override
    public Uni<?> run() {
        return Uni.createFrom()
                .completionStage(() -> rooms.read(new RoomKey("warm-up", "warm-up"), (head, state) -> head));
    }
}
