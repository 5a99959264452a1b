package com.eventuall.local.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service of the suite as the stack runs it.
 *
 * @param name short name; replicas are called {@code name-1}, {@code name-2} …
 * @param artifact its module and full name
 * @param database the PostgreSQL database that it owns, if any
 * @param heap {@code -Xmx}
 * @param optimised whether the optimising compiler is worth its start-up cost and memory
 */
record ServiceSpec(String name, String artifact, @Nullable String database, String heap, boolean optimised) {

    /** All services; one that is not built is left out of a stack. */
    static final List<ServiceSpec> ALL = List.of(
            new ServiceSpec("token", "token-service", null, "128m", false),
            new ServiceSpec("presence", "presence-service", null, "512m", true),
            new ServiceSpec("queue", "queue-service", null, "384m", true),
            new ServiceSpec("recording", "recording-service", "recording", "192m", false),
            new ServiceSpec("chat", "chat-service", "chat", "192m", false));

    Path program(Path root) {
        return root.resolve(artifact).resolve("target/quarkus-app/quarkus-run.jar");
    }

    boolean isBuilt(Path root) {
        return Files.exists(program(root));
    }
}
