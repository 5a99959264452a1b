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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What clients saw, in one order, as JSON lines in a file. The checker reads along, so that a long run needs no memory for it;
 * the file says afterwards how a violation came about. Facts are stamped and put in order when they are added, and written and
 * checked one by one on a thread of its own: hundreds of sockets that waited for the checker would be slow clients.
 */
public final class History implements AutoCloseable {
    /** Facts that may wait; then those who add some wait too. */
    private static final int BACKLOG = 200_000;

    private final Path file;
    private final BufferedWriter lines;
    private final Checker checker = new Checker();
    private final List<Consumer<Fact>> listeners = new CopyOnWriteArrayList<>();
    private final Predicate<String> written;
    private final BlockingQueue<Runnable> work = new ArrayBlockingQueue<>(BACKLOG);
    private final Thread reader = new Thread(this::read, "history");
    private @Nullable Throwable failure;
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
        reader.setDaemon(true);
        reader.start();
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
        put(() -> take(fact));
    }

    private void put(Runnable task) {
        if (work.offer(task)) {
            return;
        }
        try {
            work.put(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try {
            while (true) {
                work.take().run();
            }
        } catch (InterruptedException closing) {
            // Nobody asks any more.
        }
    }

    private void take(Fact fact) {
        if (failure != null) {
            return;
        }
        try {
            if (written.test(fact.kind())) {
                lines.write(Stack.JSON.writeValueAsString(fact));
                lines.newLine();
            }
            checker.see(fact);
            listeners.forEach(listener -> listener.accept(fact));
        } catch (IOException | RuntimeException | Error e) {
            // Told by ask; a reader that ended would let everybody wait for ever.
            failure = e;
        }
    }

    /** Hears every fact that is read from now on, on the thread that reads them; must be quick. */
    public AutoCloseable listen(Consumer<Fact> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Asks the checker something about all facts so far.
     *
     * @throws java.util.concurrent.CompletionException if one of them could not be read
     */
    public <T> T ask(Function<Checker, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        put(() -> {
            try {
                if (failure != null) {
                    throw new IllegalStateException("a fact could not be read", failure);
                }
                answer.complete(question.apply(checker));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    /** What all of it breaks; no facts may come afterwards. */
    public List<Violation> end() {
        return ask(Checker::end);
    }

    public synchronized long size() {
        return facts;
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            CompletableFuture<Void> last = new CompletableFuture<>();
            put(() -> last.complete(null));
            last.join();
            reader.interrupt();
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
