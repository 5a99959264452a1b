package com.eventuall.e2e.faults.client;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.faults.check.Checker;
import com.eventuall.e2e.faults.check.Fact;
import com.eventuall.e2e.faults.check.Violation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What clients saw, in one order, as JSON lines in a file. The checker reads along, so that a long run needs no memory for it;
 * the file says afterwards how a violation came about.
 */
public final class History implements AutoCloseable {
    private final Path file;
    private final BufferedWriter lines;
    private final Checker checker = new Checker();
    private final List<Consumer<Fact>> listeners = new CopyOnWriteArrayList<>();
    private final Predicate<String> written;
    private long facts;
    private boolean closed;

    public History(Path file) {
        this(file, kind -> true);
    }

    /** @param written the kinds of facts that the file is to hold; all are checked */
    public History(Path file, Predicate<String> written) {
        this.file = file;
        this.written = written;
        try {
            Files.createDirectories(file.getParent());
            this.lines = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode data() {
        return Stack.JSON.createObjectNode();
    }

    /** Adds a fact; what comes after the end is of no interest. */
    public synchronized void add(String kind, String room, String who, JsonNode data) {
        if (closed) {
            return;
        }
        Fact fact = new Fact(System.currentTimeMillis(), kind, room, who, data);
        facts++;
        try {
            if (written.test(kind)) {
                lines.write(Stack.JSON.writeValueAsString(fact));
                lines.newLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checker.see(fact);
        listeners.forEach(listener -> listener.accept(fact));
    }

    /** Hears every fact from now on, on the thread that adds it; must be quick. */
    public AutoCloseable listen(Consumer<Fact> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Asks the checker something between two facts. */
    public synchronized <T> T ask(Function<Checker, T> question) {
        return question.apply(checker);
    }

    /** What all of it breaks; no facts may come afterwards. */
    public synchronized List<Violation> end() {
        return checker.end();
    }

    public synchronized long size() {
        return facts;
    }

    public Path file() {
        return file;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
