package com.eventuall.platform.redis;

import com.eventuall.local.infra.ProcessServer;
import com.eventuall.local.infra.RunDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A Redis that can be a node of a cluster. */
final class RedisClusterNode extends ProcessServer {
    /** Redis 6.2 has no choice: nodes talk to each other on the port that is so much higher. */
    private static final int BUS_OFFSET = 10_000;

    private final Path executable;

    RedisClusterNode(RunDirectory run, Path executable, int number) {
        super(run, "redis-node-" + number, freePort());
        this.executable = executable;
    }

    String url() {
        return "redis://" + address();
    }

    @Override
    protected List<String> command() {
        return List.of(
                executable.toString(),
                "--port",
                Integer.toString(port()),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                run().directory(name()).toString(),
                "--cluster-enabled",
                "yes",
                "--cluster-config-file",
                "nodes.conf",
                "--cluster-node-timeout",
                "1500");
    }

    @Override
    protected boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (isFree(port) && isFree(port + BUS_OFFSET)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
