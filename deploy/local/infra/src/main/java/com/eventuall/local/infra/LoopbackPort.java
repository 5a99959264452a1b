package com.eventuall.local.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Finds ports to listen on. They lie below the range from which systems take the source ports of outgoing connections, so
 * that a killed server finds its port free when it starts again. A port is given once, and no two JVMs that ask here get the
 * same: each holds the first port of the block from which it gives.
 */
public final class LoopbackPort {
    private static final int LOWEST = 20_000;
    private static final int BLOCKS = 192;
    private static final int BLOCK_SIZE = 64;
    private static final int TRIES = 400;

    /** The first ports of our blocks, bound as long as this JVM lives, so that others pass by. */
    private static final Deque<ServerSocket> GUARDS = new ArrayDeque<>();

    private static int used = BLOCK_SIZE;

    private LoopbackPort() {}

    /** A port on which nothing listens and that no other caller was given. */
    public static synchronized int free() {
        for (int i = 0; i < TRIES; i++) {
            if (used == BLOCK_SIZE) {
                GUARDS.addLast(takeBlock());
                used = 1;
            }
            int port = GUARDS.getLast().getLocalPort() + used;
            used++;
            if (isFree(port)) {
                return port;
            }
        }
        throw none();
    }

    private static ServerSocket takeBlock() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int i = 0; i < TRIES; i++) {
            int first = LOWEST + random.nextInt(BLOCKS) * BLOCK_SIZE;
            try {
                return bind(first);
            } catch (IOException taken) {
                // Somebody else's block.
            }
        }
        throw none();
    }

    private static UncheckedIOException none() {
        return new UncheckedIOException(new IOException("no free port from " + LOWEST + " on"));
    }

    /** Whether a server could listen on this loopback port now. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = bind(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
