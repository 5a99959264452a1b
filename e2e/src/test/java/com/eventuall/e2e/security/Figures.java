package com.eventuall.e2e.security;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What a security run counted, over all its tests; one line on the console when it ends. */
final class Figures implements AutoCloseable {
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong serverErrors = new AtomicLong();
    private final AtomicLong fuzzed = new AtomicLong();
    private final AtomicLong poison = new AtomicLong();
    private final AtomicLong scanned = new AtomicLong();
    private final AtomicLong secretsFound = new AtomicLong();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    /** Counts an attempt and asserts that it was refused with one of these statuses. */
    void refused(HttpResponse<String> response, int... statuses) {
        attempts.incrementAndGet();
        note(response);
        Checks.refused(response, statuses);
        refused.incrementAndGet();
    }

    /** Counts an attempt over a socket; {@code ended} asserts how it ended. */
    void refused(Runnable ended) {
        attempts.incrementAndGet();
        ended.run();
        refused.incrementAndGet();
    }

    /** Counts an answer to a random request and asserts that it is no fault of ours. */
    void fuzzed(HttpResponse<String> response) {
        fuzzed.incrementAndGet();
        note(response);
        Checks.noFault(response);
    }

    private void note(HttpResponse<String> response) {
        if (response.statusCode() >= 500) {
            serverErrors.incrementAndGet();
        }
    }

    void changed() {
        changes.incrementAndGet();
    }

    void poisoned(long records) {
        poison.addAndGet(records);
    }

    void scanned(long bytes, long found) {
        scanned.addAndGet(bytes);
        secretsFound.addAndGet(found);
    }

    /** Has the scan at the end of the run look for this text. */
    void mustStaySecret(String name, String value) {
        secrets.put(name, value);
    }

    Map<String, String> secrets() {
        return Map.copyOf(secrets);
    }

    @Override
    public void close() {
        System.out.println(this);
    }

    @Override
    public String toString() {
        return "SECURITY refused %d of %d, state changes %d, 5xx %d, random requests %d, poison records survived %d, secrets found %d in %.1f MB"
                .formatted(
                        refused.get(),
                        attempts.get(),
                        changes.get(),
                        serverErrors.get(),
                        fuzzed.get(),
                        poison.get(),
                        secretsFound.get(),
                        scanned.get() / 1e6);
    }

    /** Hands the run's figures to its tests. */
    static final class Provider implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Figures.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Figures.class))
                    .computeIfAbsent(Figures.class, type -> new Figures(), Figures.class);
        }
    }
}
