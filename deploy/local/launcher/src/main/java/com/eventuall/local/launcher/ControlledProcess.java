package com.eventuall.local.launcher;

/** A part of the stack that can be killed, paused and started again on its own. */
interface ControlledProcess {
    String name();

    /** SIGKILL. */
    void kill();

    /** SIGTERM; does not wait. */
    void term();

    /** SIGSTOP. */
    void pause();

    /** SIGCONT. */
    void resume();

    /** Starts it again on the same ports; does nothing if it runs. */
    void start();

    /** {@code starting}, {@code ready}, {@code unready}, {@code paused} or {@code stopped}. */
    String state();
}
