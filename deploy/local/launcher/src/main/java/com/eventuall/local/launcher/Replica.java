package com.eventuall.local.launcher;

import com.eventuall.local.infra.ChildProcess;
import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.RunDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One process of a service. Its ports are the same for the stack's whole life. */
final class Replica implements ControlledProcess {
    /** Failed readiness checks in a row. */
    private static final int UNREADY_AFTER = 2;

    private final String name;
    private final String service;
    private final RunDirectory run;
    private final Launch launch;
    private final int port = LoopbackPort.free();
    private final int managementPort = LoopbackPort.free();
    private volatile @Nullable ChildProcess process;
    private volatile boolean wasReady;
    private volatile boolean ready;
    private volatile int misses;
    private volatile boolean leaving;

    /** What to run for a replica: the command and its environment, given the two ports. */
    interface Launch {
        List<String> command(Replica replica);

        Map<String, String> environment(Replica replica);
    }

    Replica(String name, String service, RunDirectory run, Launch launch) {
        this.name = name;
        this.service = service;
        this.run = run;
        this.launch = launch;
    }

    @Override
    public String name() {
        return name;
    }

    /** The artifact, as in {@code presence-service}. */
    String service() {
        return service;
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** Of the running process, else -1. */
    long pid() {
        return alive().map(ChildProcess::pid).orElse(-1L);
    }

    @Override
    public void start() {
        if (alive().isPresent()) {
            return;
        }
        wasReady = false;
        ready = false;
        misses = 0;
        leaving = false;
        process = run.start(name, launch.command(this), launch.environment(this));
    }

    @Override
    public void kill() {
        ready = false;
        alive().ifPresent(ChildProcess::kill);
    }

    @Override
    public void term() {
        // As in a cluster, where a pod leaves the gateway's list before it is told to stop.
        leaving = true;
        alive().ifPresent(ChildProcess::terminate);
    }

    @Override
    public void pause() {
        alive().ifPresent(ChildProcess::pause);
    }

    @Override
    public void resume() {
        alive().ifPresent(ChildProcess::resume);
    }

    /** SIGTERM, SIGKILL after the grace; returns when it is gone. */
    void stop(Duration grace) {
        alive().ifPresent(running -> running.stop(grace));
    }

    /** What its readiness check said just now. As in deploy/k8s, one that fails once is still asked for work. */
    void observe(boolean isReady) {
        misses = isReady ? 0 : misses + 1;
        ready = isReady || ready && misses < UNREADY_AFTER;
        wasReady |= isReady;
    }

    /** Whether the gateway may send it requests. */
    boolean takesRequests() {
        return ready && !leaving && state().equals("ready");
    }

    boolean isAlive() {
        return alive().isPresent();
    }

    @Override
    public String state() {
        Optional<ChildProcess> current = alive();
        if (current.isEmpty()) {
            return "stopped";
        }
        if (current.get().isPaused()) {
            return "paused";
        }
        if (ready) {
            return "ready";
        }
        return wasReady ? "unready" : "starting";
    }

    private Optional<ChildProcess> alive() {
        return Optional.ofNullable(process).filter(ChildProcess::isAlive);
    }
}
