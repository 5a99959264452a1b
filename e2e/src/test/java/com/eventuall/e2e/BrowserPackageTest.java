package com.eventuall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The browser package, in Node, against real services: connections break at random all the time, and no version is lost,
 * doubled or out of order. {@code -Dclient.seconds=60} goes on for longer.
 */
@ExtendWith(SharedStack.class)
class BrowserPackageTest {
    private static final int SECONDS = Integer.getInteger("client.seconds", 8);
    private static final int PATIENCE = 120;

    @Test
    void brokenConnectionsCostNoVersion(Stack stack) throws IOException, InterruptedException {
        ProcessBuilder vitest = new ProcessBuilder("npx", "--no-install", "vitest", "run", "test/live.test.ts")
                .directory(Path.of(System.getProperty("project.root"), "client").toFile())
                .redirectErrorStream(true);
        vitest.environment().put("EVENTUALL_GATEWAY", stack.origin().toString());
        vitest.environment().put("EVENTUALL_LIVE_SECONDS", Integer.toString(SECONDS));
        vitest.environment().put("NO_COLOR", "1");
        Process process = vitest.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        // The figures, with the seed; also the proof that the test was not skipped.
        assertThat(output).containsPattern("seed \\d+: \\d+ versions");
        output.lines().filter(line -> line.contains("seed ")).forEach(System.out::println);
    }
}
