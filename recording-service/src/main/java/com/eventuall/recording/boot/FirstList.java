package com.eventuall.recording.boot;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.start.FirstUse;
import com.eventuall.recording.Recordings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lists the recordings of a room that there is not. */
@ApplicationScoped
class FirstList implements FirstUse {
    private final Recordings recordings;

    FirstList(Recordings recordings) {
        this.recordings = recordings;
    }

    @Override
    public Uni<?> run() {
        return Uni.createFrom().completionStage(() -> recordings.list(new RoomKey("warm-up", "warm-up")));
    }
}
