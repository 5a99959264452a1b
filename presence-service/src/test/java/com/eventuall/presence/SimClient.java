package com.eventuall.presence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that checks what every client may rely on: versions without gap, double or way back, within an epoch. */
final class SimClient {
    final String connectionId;
    final String userId;
    RoomState state = new RoomState();
    String epoch = "";
    long version = -1;

    @Nullable
    View view;
    /** Whether it cannot take anything at present. */
    boolean stalled;

    boolean closed;
    long applied;
    /** How much it was told on this connection; the first word may take it anywhere. */
    int heard;

    int snapshots;
    final List<String> breaches = new ArrayList<>();

    SimClient(String connectionId, String userId) {
        this.connectionId = connectionId;
        this.userId = userId;
    }

    void receive(Update update) {
        take(update);
        heard++;
    }

    private void take(Update update) {
        if (update instanceof Update.Patch patch) {
            if (patch.from() != version || patch.version() < patch.from()) {
                breaches.add("at " + version + " got a patch from " + patch.from() + " to " + patch.version());
            }
            applied += patch.version() - version;
            version = patch.version();
            state.merge(patch.delta());
        } else if (update instanceof Update.Snapshot snapshot) {
            if (snapshot.epoch().equals(epoch) && snapshot.version() < version && heard > 0) {
                breaches.add("at " + version + " got an older snapshot, " + snapshot.version());
            }
            snapshots++;
            epoch = snapshot.epoch();
            version = snapshot.version();
            state = new RoomState();
            state.merge(snapshot.state().asDelta());
        }
    }
}
