package com.eventuall.recording.sim;

import com.eventuall.recording.EgressView;
import com.eventuall.recording.StreamKey;
import java.time.Instant;

/** An egress at the simulated LiveKit. */
final class SimEgress {
    final String id;
    final String room;
    final String key;
    final Instant startedAt;
    EgressView.Status status = EgressView.Status.STARTING;
    String details = "";

    /** Its process is dead, yet LiveKit lists it as it was for ever and cannot stop it. */
    boolean ghost;

    SimEgress(String id, String room, String key, Instant startedAt) {
        this.id = id;
        this.room = room;
        this.key = key;
        this.startedAt = startedAt;
    }

    EgressView view() {
        String url = "rtmps://global-live.mux.com:443/app/" + new StreamKey(key).redacted();
        return new EgressView(id, status, room, url, startedAt, details);
    }
}
