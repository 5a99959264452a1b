package com.eventuall.local.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {

    @Test
    void closingEndsItsProcessesAndRemovesItsFiles() throws IOException {
        RunDirectory run = RunDirectory.create();
        ChildProcess child = run.start("sleeper", List.of("sleep", "1000"), Map.of());
        Files.writeString(run.directory("a/b").resolve("c"), "text");

        run.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(run.path()).doesNotExist();
    }

    @Test
    void outputGoesToTheLogAndTheEnvironmentReachesTheProcess() {
        try (RunDirectory run = RunDirectory.create()) {
            ChildProcess child =
                    run.start("echo", List.of("sh", "-c", "echo \"got $SECRET\"; exit 3"), Map.of("SECRET", "x"));
            child.onExit().join();
            assertThat(child.exitStatus()).isEqualTo(3);
            assertThat(Logs.tail(run.log("echo"), 1)).isEqualTo("got x");
        }
    }

    @Test
    void aPausedProcessKeepsStillAndGoesOn() throws IOException {
        try (RunDirectory run = RunDirectory.create()) {
            ChildProcess child =
                    run.start("ticker", List.of("sh", "-c", "while :; do echo t; sleep 0.02; done"), Map.of());
            Path log = run.log("ticker");
            await().until(() -> Files.size(log) > 0);

            child.pause();
            assertThat(child.isPaused()).isTrue();
            long size = Files.size(log);
            await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(2)).until(() -> Files.size(log) == size);
            child.resume();

            await().until(() -> Files.size(log) > size);
        }
    }

    /** The one promise that only another JVM can show: nothing is left of a starter that is killed, paused processes neither. */
    @Test
    void nothingIsLeftWhenTheStarterIsKilled() throws IOException {
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = starter.inputReader(StandardCharsets.UTF_8)) {
            Path directory = Path.of(output.readLine());
            long running = Long.parseLong(output.readLine());
            long paused = Long.parseLong(output.readLine());
            assertThat(ProcessHandle.of(running)).isPresent();

            starter.destroyForcibly();

            await().untilAsserted(() -> {
                assertThat(ProcessHandle.of(running).filter(ProcessHandle::isAlive))
                        .isEmpty();
                assertThat(ProcessHandle.of(paused).filter(ProcessHandle::isAlive))
                        .isEmpty();
                assertThat(directory).doesNotExist();
            });
        }
    }

    static final class Starter {
        public static void main(String[] arguments) throws InterruptedException {
            RunDirectory run = RunDirectory.create();
            ChildProcess running = run.start("one", List.of("sleep", "1000"), Map.of());
            ChildProcess paused = run.start("two", List.of("sleep", "1000"), Map.of());
            paused.pause();
            System.out.println(run.path());
            System.out.println(running.pid());
            System.out.println(paused.pid());
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
