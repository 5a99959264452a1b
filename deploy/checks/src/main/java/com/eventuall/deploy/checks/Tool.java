package com.eventuall.deploy.checks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine: kubectl, promtool, node. */
public record Tool(String name) {
    private static final long LIMIT_SECONDS = 120;

    /** Whether it is on the path. */
    public boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .anyMatch(Files::isExecutable);
    }

    /**
     * Runs it to its end.
     *
     * @param input for its standard input
     */
    public Outcome run(String input, String... arguments) {
        try {
            List<String> command =
                    Stream.concat(Stream.of(name), Arrays.stream(arguments)).toList();
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            try (var sink = process.getOutputStream()) {
                sink.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " took longer than " + LIMIT_SECONDS + " s");
            }
            return new Outcome(process.exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a run ended. */
    public record Outcome(int status, String output, String errors) {
        /** The output of a run that went well. */
        public String orThrow() {
            if (status != 0) {
                throw new IllegalStateException("status " + status + ": " + errors + output);
            }
            return output;
        }
    }
}
