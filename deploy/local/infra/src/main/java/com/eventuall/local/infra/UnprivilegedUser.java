package com.eventuall.local.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. Where we are root (containers, mostly) it is put into a user namespace in which the
 * process is nobody, or, where the kernel does not allow that, given to the user nobody together with its data.
 */
record UnprivilegedUser(List<String> prefix, boolean ownsData) {
    private static final String NOBODY = "65534";
    private static final UnprivilegedUser SELF = new UnprivilegedUser(List.of(), false);
    private static final UnprivilegedUser NAMESPACE = new UnprivilegedUser(List.of("unshare", "-U"), false);
    private static final UnprivilegedUser OTHER =
            new UnprivilegedUser(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), true);

    static UnprivilegedUser find() {
        if (!System.getProperty("user.name").equals("root")) {
            return SELF;
        }
        for (UnprivilegedUser candidate : List.of(NAMESPACE, OTHER)) {
            if (candidate.works()) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here; run as another user");
    }

    /** Gives the directory to the user as whom the prefix runs programs. */
    void own(Path directory) {
        if (ownsData && !succeeds(List.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString()))) {
            throw new IllegalStateException("cannot give " + directory + " to user " + NOBODY);
        }
    }

    private boolean works() {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        return succeeds(command);
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
