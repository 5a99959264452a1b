package com.eventuall.e2e.faults;

import com.eventuall.e2e.faults.client.History;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Live streams and egresses that still run at the vendors although no recording does. */
final class Orphans {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private Orphans() {}

    /** Waits until the sweeper has removed the last one, and gives the figure, counted from a moment of {@link System#nanoTime}. */
    static void awaitNone(World world, long begin) throws InterruptedException {
        boolean clean = Show.await(LIMIT, () -> left(world) == 0);
        world.figure(Figure.atMost(
                "s until no orphan was left",
                clean ? (System.nanoTime() - begin) / 1e9 : Figure.NEVER,
                LIMIT.toSeconds()));
    }

    private static long left(World world) {
        long orphans = 0;
        for (JsonNode stream : world.show().sandbox("mux").path("live_streams")) {
            String status = stream.path("status").asText();
            if (!stream.path("deleted").asBoolean() && (status.equals("active") || status.equals("idle"))) {
                orphans++;
            }
        }
        for (JsonNode egress : world.show().sandbox("livekit").path("egresses")) {
            String status = egress.path("status").asText("EGRESS_STARTING");
            if (List.of("EGRESS_STARTING", "EGRESS_ACTIVE", "EGRESS_ENDING").contains(status)) {
                orphans++;
            }
        }
        world.history().add("orphans", "", "", History.data().put("count", orphans));
        return orphans;
    }
}
