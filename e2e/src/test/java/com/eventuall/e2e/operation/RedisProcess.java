package com.eventuall.e2e.operation;

import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.ProcessServer;
import com.eventuall.local.infra.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** Redis in the forms that the local stack does not use. */
final class RedisProcess extends ProcessServer {
    private final Path executable;
    private final List<String> arguments;

    private RedisProcess(RunDirectory run, String name, int port, List<String> arguments) {
        super(run, name, port);
        this.executable = executable(run, name);
        this.arguments = arguments;
    }

    /** TLS only, with a password. */
    static RedisProcess secured(RunDirectory run, Certificate certificate, String password) {
        int port = LoopbackPort.free();
        return new RedisProcess(
                run,
                "redis-secured",
                port,
                List.of(
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        certificate.certificateFile().toString(),
                        "--tls-key-file",
                        certificate.keyFile().toString(),
                        "--tls-ca-cert-file",
                        certificate.certificateFile().toString(),
                        "--tls-auth-clients",
                        "no",
                        "--requirepass",
                        password));
    }

    static RedisProcess plain(RunDirectory run) {
        int port = LoopbackPort.free();
        return new RedisProcess(run, "redis-primary", port, List.of("--port", Integer.toString(port)));
    }

    /** A sentinel that watches a primary by the name {@code eventuall}. */
    static RedisProcess sentinel(RunDirectory run, RedisProcess primary) {
        Path settings = run.directory("sentinel").resolve("sentinel.conf");
        try {
            Files.writeString(settings, "sentinel monitor eventuall 127.0.0.1 " + primary.port() + " 1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int port = LoopbackPort.free();
        return new RedisProcess(
                run,
                "redis-sentinel",
                port,
                List.of(settings.toString(), "--sentinel", "--port", Integer.toString(port)));
    }

    /** Each has its own: a program that runs cannot be written. */
    private static Path executable(RunDirectory run, String name) {
        try {
            return ExecutableProvider.newJarResourceProvider(
                            run.directory(name + "-program").toFile())
                    .get()
                    .toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected List<String> command() {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        command.addAll(
                List.of("--bind", "127.0.0.1", "--dir", run().directory(name()).toString()));
        return command;
    }

    @Override
    protected boolean answers() {
        return !LoopbackPort.isFree(port());
    }
}
