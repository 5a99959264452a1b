package com.eventuall.local.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One process of a {@link RunDirectory} and its descendants (PostgreSQL has one per connection): a signal that is to stop
 * the program stops all of them, or those left would go on serving.
 */
public final class ChildProcess {
    private final String name;
    private final Process process;
    private final RunDirectory run;
    private volatile boolean paused;

    ChildProcess(String name, Process process, RunDirectory run) {
        this.name = name;
        this.process = process;
        this.run = run;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it was stopped by {@link #pause()} and not continued since. */
    public boolean isPaused() {
        return paused && isAlive();
    }

    /** Completed when the process has ended. */
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** The exit status of an ended process; 128 + n after signal n. */
    public int exitStatus() {
        return process.exitValue();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        await(process, Duration.ofSeconds(10));
    }

    /** SIGTERM; does not wait. A paused process gets it when it is resumed. */
    public void terminate() {
        process.destroy();
    }

    /** SIGTERM, and SIGKILL for what is left after {@code grace}; returns when the process is gone. */
    public void stop(Duration grace) {
        if (isPaused()) {
            resume();
        }
        terminate();
        if (!await(process, grace)) {
            kill();
        }
    }

    /** SIGSTOP: the process keeps its memory and its connections but does nothing. */
    public void pause() {
        paused = true;
        family().forEach(member -> {
            // A stopped descendant cannot notice its parent's end, so the watchdog has to know it.
            run.enter(member.pid());
            signal("STOP", member.pid());
        });
    }

    /** SIGCONT. */
    public void resume() {
        List<ProcessHandle> family = family();
        family.forEach(member -> signal("CONT", member.pid()));
        family.stream().filter(member -> member.pid() != pid()).forEach(member -> run.strike(member.pid()));
        paused = false;
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private static void signal(String signal, long pid) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            await(kill, Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean await(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
