package com.eventuall.e2e.faults;

import java.util.List;

/** The faults to survive on one stack, one after the other; {@link ClockFault} needs a stack of its own. */
final class Faults {
    private Faults() {}

    static List<Fault> all() {
        return List.of(
                new RecordingFaults(false),
                new RecordingFaults(true),
                new ReplicaFaults.Kill(),
                new ReplicaFaults.PresenceKill(),
                new StoreFaults.Redis(),
                new StoreFaults.Kafka(),
                new EventFaults.Repeat(),
                new StoreFaults.Postgres(),
                new VendorFaults(),
                new EventFaults.Poison(),
                new ReplicaFaults.RollingRestart());
    }
}
