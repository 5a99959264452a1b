package com.eventuall.local.launcher;

import com.eventuall.local.infra.ChildProcess;
import com.eventuall.local.infra.ProcessServer;
import java.util.Optional;

/** Redis, PostgreSQL or Kafka as a controlled process. */
record Store(ProcessServer server) implements ControlledProcess {

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void term() {
        process().ifPresent(ChildProcess::terminate);
    }

    @Override
    public void pause() {
        process().ifPresent(ChildProcess::pause);
    }

    @Override
    public void resume() {
        process().ifPresent(ChildProcess::resume);
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public String state() {
        return process().map(process -> process.isPaused() ? "paused" : "ready").orElse("stopped");
    }

    long pid() {
        return process().map(ChildProcess::pid).orElse(-1L);
    }

    private Optional<ChildProcess> process() {
        return Optional.ofNullable(server.process()).filter(ChildProcess::isAlive);
    }
}
