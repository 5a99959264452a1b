package com.eventuall.local.launcher;

import java.io.PrintStream;
import java.time.Duration;

/** One line on standard output for each step, with the seconds since the start. */
final class Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String what) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        line(String.format("%6.1fs  %s", seconds, what));
    }

    /** A line for programs that read along. */
    void line(String text) {
        out.println(text);
        out.flush();
    }
}
