package com.eventuall.local.infra;

/**
 * A server that a test or the local stack owns. Its port is the same for its whole life, over stops and starts. Starting a
 * running server and stopping a stopped one do nothing.
 */
public interface InfraServer extends AutoCloseable {
    /** Short name, also of its log file. */
    String name();

    /** The loopback port. */
    int port();

    /** Starts it, with what it kept from before; returns when it answers. */
    void start();

    /** Ends it in good order; returns when it has ended. */
    void stop();

    /** Ends it as a crash would (SIGKILL); returns when it has ended. */
    void kill();

    boolean isRunning();

    /** {@code host:port}. */
    default String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    default void close() {
        stop();
    }
}
