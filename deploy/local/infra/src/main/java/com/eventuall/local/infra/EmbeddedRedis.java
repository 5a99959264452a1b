package com.eventuall.local.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis 6.2. With a data directory it has an append-only file there, so a killed server comes back with its data;
 * without one it starts empty every time.
 */
public final class EmbeddedRedis extends ProcessServer {
    private final @Nullable Path data;
    private @Nullable Path executable;

    /**
     * @param port 0 for a free one
     * @param data null for a server that forgets everything when it ends
     */
    public EmbeddedRedis(RunDirectory run, int port, @Nullable Path data) {
        super(run, "redis", port);
        this.data = data;
    }

    /** A running server that keeps nothing, on a free port. */
    public static EmbeddedRedis inMemory(RunDirectory run) {
        EmbeddedRedis redis = new EmbeddedRedis(run, 0, null);
        redis.start();
        return redis;
    }

    /** For {@code quarkus.redis.hosts}. */
    public String url() {
        return "redis://" + address();
    }

    @Override
    protected List<String> command() {
        List<String> command = new ArrayList<>(List.of(executable().toString(), "--port", Integer.toString(port())));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--daemonize", "no"));
        Path directory = data == null ? run().directory("redis") : data;
        command.addAll(List.of("--dir", directory.toString(), "--appendonly", data == null ? "no" : "yes"));
        return command;
    }

    private Path executable() {
        Path known = executable;
        if (known != null) {
            return known;
        }
        try {
            if (data != null) {
                Files.createDirectories(data);
            }
            Path unpacked = ExecutableProvider.newJarResourceProvider(
                            run().directory("redis-server").toFile())
                    .get()
                    .toPath();
            executable = unpacked;
            return unpacked;
        } catch (IOException e) {
            throw new UncheckedIOException("no Redis for this system", e);
        }
    }

    @Override
    protected boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 500);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(5);
            // "-LOADING" while it reads its append-only file.
            return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }
}
