package com.eventuall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two stacks beside each other; whichever way one ends, nothing of it is left. */
class StackLifecycleTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void twoStacksRunAtOnceAndLeaveNothingBehind() {
        List<Path> before = Stack.runDirectories();
        // One starts after the other: ten processes that start at once would keep a small machine busy for minutes.
        Stack first = Stack.start();
        Stack second = Stack.launch();
        try {
            second.awaitReady();
            List<Long> firstPids = pids(first);
            List<Long> secondPids = pids(second);
            assertThat(firstPids).hasSizeGreaterThan(5).doesNotContainAnyElementsOf(secondPids);
            assertThat(first.get("/").statusCode()).isEqualTo(200);
            assertThat(second.get("/").statusCode()).isEqualTo(200);

            first.process().destroyForcibly();
            await("after SIGKILL")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(alive(firstPids)).isEmpty());
            assertThat(alive(secondPids)).hasSameSizeAs(secondPids);

            second.close();
            await("after SIGTERM")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(alive(secondPids)).isEmpty());
            await("directories")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(Stack.runDirectories()).isSubsetOf(before));
        } finally {
            first.process().destroyForcibly();
            second.process().destroyForcibly();
        }
    }

    private static List<Long> pids(Stack stack) {
        List<Long> pids = new ArrayList<>();
        for (JsonNode process : stack.info().get("processes")) {
            pids.add(process.get("pid").asLong());
        }
        stack.process().descendants().map(ProcessHandle::pid).forEach(pids::add);
        return pids.stream().distinct().toList();
    }

    private static List<Long> alive(List<Long> pids) {
        return pids.stream()
                .filter(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                .toList();
    }
}
