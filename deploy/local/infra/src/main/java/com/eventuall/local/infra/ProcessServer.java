package com.eventuall.local.infra;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@link InfraServer} that is a process of its own. */
public abstract class ProcessServer implements InfraServer {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(20);

    private final RunDirectory run;
    private final String name;
    private final int port;
    private volatile @Nullable ChildProcess process;

    /** @param port the port to listen on; 0 chooses a free one */
    protected ProcessServer(RunDirectory run, String name, int port) {
        this.run = run;
        this.name = name;
        this.port = port == 0 ? LoopbackPort.free() : port;
    }

    /** What to run. Called at every start; may prepare the data first. */
    protected abstract List<String> command();

    /** Whether the server answers now; must come back within a second or so. */
    protected abstract boolean answers();

    protected Map<String, String> environment() {
        return Map.of();
    }

    protected final RunDirectory run() {
        return run;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final boolean isRunning() {
        ChildProcess current = process;
        return current != null && current.isAlive();
    }

    /** The running process, or the last one; null before the first start. */
    public final @Nullable ChildProcess process() {
        return process;
    }

    @Override
    public final void start() {
        if (isRunning()) {
            return;
        }
        ChildProcess started = run.start(name, command(), environment());
        process = started;
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!started.isAlive()) {
                throw new IllegalStateException(name + " ended at start with status " + started.exitStatus() + ": "
                        + Logs.tail(run.log(name), 20));
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        name + " does not answer after " + START_LIMIT + ": " + Logs.tail(run.log(name), 20));
            }
            pause(POLL);
        }
    }

    @Override
    public final void stop() {
        ChildProcess current = process;
        if (current != null) {
            current.stop(STOP_GRACE);
        }
    }

    @Override
    public final void kill() {
        ChildProcess current = process;
        if (current != null) {
            current.kill();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
