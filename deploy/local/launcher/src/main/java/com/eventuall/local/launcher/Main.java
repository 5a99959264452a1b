package com.eventuall.local.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs a stack in the foreground until SIGINT or SIGTERM. */
public final class Main {
    private static final String ROOT = "eventuall.root";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        QuietLogs.install();
        Options options;
        try {
            options = Options.parse(
                    List.of(arguments), Path.of(System.getProperty(ROOT, ".")).toAbsolutePath());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        Progress progress = new Progress(System.out);
        try {
            Stack stack = new Stack(options, progress);
            Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "stop-stack"));
            stack.start();
            progress.line("READY " + stack.origin());
        } catch (RuntimeException e) {
            System.err.println("The stack did not start: " + e.getMessage());
            System.exit(1);
        }
        // The shutdown hook does the rest.
        new CountDownLatch(1).await();
    }
}
