package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.local.infra.RunDirectory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    private final RunDirectory run = RunDirectory.create();
    private final Replica replica = new Replica("presence-1", "presence-service", run, new Idle());

    @BeforeEach
    void start() {
        replica.start();
    }

    @AfterEach
    void stop() {
        replica.kill();
        run.close();
    }

    @Test
    void oneFailedCheckIsNoReasonToTakeItOut() {
        replica.observe(true);
        replica.observe(false);
        assertThat(replica.takesRequests()).isTrue();

        replica.observe(false);
        assertThat(replica.takesRequests()).isFalse();

        replica.observe(true);
        assertThat(replica.takesRequests()).isTrue();
    }

    @Test
    void whileItStartsEveryAnswerCounts() {
        replica.observe(false);
        assertThat(replica.takesRequests()).isFalse();

        replica.observe(true);
        assertThat(replica.takesRequests()).isTrue();
    }

    private record Idle() implements Replica.Launch {
        @Override
        public List<String> command(Replica replica) {
            return List.of("sleep", "60");
        }

        @Override
        public Map<String, String> environment(Replica replica) {
            return Map.of();
        }
    }
}
