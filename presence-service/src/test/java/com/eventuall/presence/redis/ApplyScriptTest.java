package com.eventuall.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.presence.LedgerComparison;
import com.eventuall.presence.RoomStore;
import com.eventuall.presence.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Holds the script in Redis against the rules in Java, with random batches; the seed is in every message. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class ApplyScriptTest {
    private static final int BATCHES = 400;
    private static final int RUNS = Integer.getInteger("presence.runs", 3);

    @Inject
    RoomStore store;

    @Test
    void theScriptDoesWhatTheLedgerDoes() {
        for (int run = 0; run < RUNS; run++) {
            long seed =
                    Long.getLong("presence.seed", ThreadLocalRandom.current().nextLong());
            RoomKey room = new RoomKey("e1", "r" + UUID.randomUUID());
            LedgerComparison comparison = new LedgerComparison(store, room, seed);
            for (int i = 0; i < BATCHES; i++) {
                comparison.step();
            }
            assertThat(comparison.differences()).as("seed " + seed).isEmpty();
        }
    }
}
