package com.eventuall.e2e.faults;

import java.util.List;

/** The faults to survive, in the order in which they run. */
final class Faults {
    private Faults() {}

    static List<Fault> all() {
        return List.of(
                new RecordingFaults(false),
                new RecordingFaults(true),
                new ReplicaFaults.Kill(),
                new StoreFaults.Redis(),
                new StoreFaults.Kafka(),
                new EventFaults.Repeat(),
                new StoreFaults.Postgres(),
                new VendorFaults(),
                new EventFaults.Poison(),
                new ReplicaFaults.RollingRestart(),
                new ReplicaFaults.PresenceKill(),
                new ClockFault());
    }
}
