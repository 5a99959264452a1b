package com.eventuall.local.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A temporary directory together with the processes that work in it. Both are gone after {@link #close()}, and also when
 * this JVM dies without a word: a watchdog process waits for the end of a pipe that only this JVM holds, kills every
 * process listed in {@code pids/} and removes the directory. A process enters itself in that list before it becomes the
 * program it is to run, and cannot once the watchdog has taken the list away, so none escapes.
 */
public final class RunDirectory implements AutoCloseable {
    /** Reads until the pipe breaks; then no new process can start, those listed are killed, the directory is removed. */
    private static final String WATCHDOG = """
            trap '' INT TERM HUP
            cat > /dev/null
            cd / || exit
            mv "$1/pids" "$1/ended" 2> /dev/null || exit 0
            for f in "$1"/ended/*; do
              pid=${f##*/}
              [ "$pid" = '*' ] || kill -9 "$pid" 2> /dev/null
            done
            n=0
            while [ -d "$1" ] && [ $n -lt 100 ]; do
              rm -rf "$1" 2> /dev/null || sleep 0.1
              n=$((n + 1))
            done
            """;

    private static final String SETSID = "/usr/bin/setsid";
    private static final String ENTER_AND_EXEC = ": > \"$0/$$\" || exit 97; exec \"$@\"";

    private final Path path;
    private final Path pids;
    private final Process watchdog;
    private final Set<ChildProcess> children = ConcurrentHashMap.newKeySet();

    private RunDirectory(Path path, Process watchdog) {
        this.path = path;
        this.pids = path.resolve("pids");
        this.watchdog = watchdog;
    }

    /** Makes a directory under {@code java.io.tmpdir}, and its watchdog. */
    public static RunDirectory create() {
        try {
            Path path = Files.createTempDirectory("eventuall-");
            // A server that must not run as root has to reach its own files below.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
            Files.createDirectory(path.resolve("pids"));
            return new RunDirectory(path, startWatchdog(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process startWatchdog(Path path) throws IOException {
        // In a session of its own it outlives a signal to the whole process group, such as a terminal's Ctrl-C.
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of(SETSID))) {
            command.add(SETSID);
        }
        command.addAll(List.of("sh", "-c", WATCHDOG, "eventuall-watchdog", path.toString()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** A new, or the existing, sub-directory. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file to which the process of this name writes its output. */
    public Path log(String name) {
        return directory("logs").resolve(name + ".log");
    }

    /**
     * Starts a process whose output is appended to {@code log(name)} and whose input is empty.
     *
     * @param environment added to this JVM's own; the place for secrets, which must not be arguments
     */
    public ChildProcess start(String name, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", ENTER_AND_EXEC, pids.toString());
        builder.command().addAll(command);
        builder.environment().putAll(environment);
        builder.directory(path.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        try {
            ChildProcess child = new ChildProcess(name, builder.start(), this);
            children.add(child);
            var unused = child.onExit().thenRun(() -> {
                children.remove(child);
                strike(child.pid());
            });
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    void enter(long pid) {
        try {
            Files.createFile(pids.resolve(Long.toString(pid)));
        } catch (IOException alreadyThere) {
            // The watchdog needs the name only; if the directory is gone, so is the process.
        }
    }

    void strike(long pid) {
        try {
            Files.deleteIfExists(pids.resolve(Long.toString(pid)));
        } catch (IOException stillThere) {
            // The watchdog would then signal a process that has ended, which does nothing.
        }
    }

    /** Kills what still runs, removes the directory, ends the watchdog. */
    @Override
    public void close() {
        children.forEach(ChildProcess::kill);
        removeTree(path);
        try {
            watchdog.getOutputStream().close();
            if (!watchdog.waitFor(5, TimeUnit.SECONDS)) {
                watchdog.destroyForcibly();
            }
        } catch (IOException ended) {
            // Somebody ended the watchdog; there is nothing left for it to do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes a directory with all in it; a file that a dying process takes away at the same time is no error. */
    public static void removeTree(Path root) {
        try {
            Files.walkFileTree(root, new Remover());
        } catch (NoSuchFileException gone) {
            // Nothing to remove.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
