package com.eventuall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Checks the promise about versions against everything that goes wrong at once: nodes that die or freeze, a store that is
 * away, empty or back with old data, calls of unknown outcome, lost and overtaking messages, clients that stall. Short by
 * default; {@code -Dpresence.simulation.versions=1000000} runs until that many versions were applied, and
 * {@code -Dpresence.simulation.seed=N} repeats one run.
 */
class RoomSimulationTest {
    private static final int STEPS = 1500;

    @Test
    void everyClientEndsOnTheSameStateWithNoVersionLostDoubledOrReordered() {
        Long fixed = Long.getLong("presence.simulation.seed");
        long wanted = Long.getLong("presence.simulation.versions", 20_000);
        Random seeds = new Random();
        long applied = 0;
        int runs = 0;
        while (applied < wanted) {
            long seed = fixed == null ? seeds.nextLong() : fixed;
            applied += simulate(seed);
            runs++;
            if (fixed != null) {
                break;
            }
        }
        System.out.printf("%d versions applied by clients in %d simulated runs%n", applied, runs);
    }

    private static long simulate(long seed) {
        SimWorld world = new SimWorld(seed, 3);
        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        world.settle();
        String run = "seed " + seed;
        assertThat(world.bugs).as(run).isEmpty();
        for (SimClient client : world.everybody()) {
            assertThat(client.breaches).as(run + " " + client.connectionId).isEmpty();
        }
        RoomState truth = world.ledger.state();
        TreeSet<String> present = world.present();
        truth.people()
                .forEach((userId, person) -> assertThat(person.status() != Status.OFFLINE)
                        .as(run + " " + userId + " " + person + " in " + world.ledger + " by " + world.nodes)
                        .isEqualTo(present.contains(userId)));
        assertThat(truth.people().keySet()).as(run).containsAll(present);
        assertThat(truth.counts()).as(run).isEqualTo(count(truth));
        for (SimClient client : world.open()) {
            if (!client.stalled) {
                assertThat(client.epoch)
                        .as(run + " " + client.connectionId)
                        .isEqualTo(world.ledger.head().epoch());
                assertThat(client.version)
                        .as(run + " " + client.connectionId)
                        .isEqualTo(world.ledger.head().version());
                assertThat(RoomDelta.between(client.state, truth).isEmpty())
                        .as(run + " " + client.connectionId + " " + RoomDelta.between(client.state, truth))
                        .isTrue();
            }
        }
        return world.everybody().stream().mapToLong(client -> client.applied).sum();
    }

    private static Counts count(RoomState state) {
        List<Status> all =
                state.people().values().stream().map(Participant::status).toList();
        return new Counts(
                (int) all.stream().filter(status -> status == Status.ONLINE).count(),
                (int) all.stream().filter(status -> status == Status.AWAY).count(),
                (int) all.stream().filter(status -> status == Status.OFFLINE).count());
    }
}
