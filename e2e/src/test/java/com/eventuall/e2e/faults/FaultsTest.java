package com.eventuall.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Stack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Some faults in small, one after the other on one stack; {@code -Dfaults.seed=N} repeats a run. All of them at full length:
 * {@code e2e/bin/faults}. On request ({@code -Dfaults.short=true}) until it has proved itself.
 */
@EnabledIfSystemProperty(named = "faults.short", matches = "true")
class FaultsTest {
    private static final List<Fault> FAULTS = List.of(
            new ReplicaFaults.PresenceKill(),
            new StoreFaults.Redis(),
            new StoreFaults.Postgres(),
            new EventFaults.Poison());

    @Test
    void someFaultsAreSurvived() throws Exception {
        long seed = Long.getLong("faults.seed", System.currentTimeMillis() % 1_000_000);
        System.out.println("faults.seed=" + seed);
        try (Stack stack = Stack.start(FaultRun.stack("presence=2,queue=2").toArray(String[]::new))) {
            for (Result result : new FaultRun(stack, Scale.SHORT, seed, Path.of("target/faults")).run(FAULTS)) {
                assertThat(result.violations()).as(result.row()).isEmpty();
                // How long things take on a busy machine is measured by the long form.
                assertThat(result.figures()).as(result.row()).noneMatch(figure -> figure.value() == Figure.NEVER);
            }
        }
    }
}
