package com.eventuall.recording.db;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions from anywhere: a request, a Kafka record, a timer, a vendor's reply on a thread of its SDK. Each has a
 * Vert.x context of its own, for a session belongs to its context and must not be shared by two units of work.
 */
@ApplicationScoped
public class Transactions {
    /** After this the connection is given up; longer than any statement here takes on a healthy database. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;

    Transactions(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Runs the work in a new transaction; a failure rolls it back. The outcome may come on another thread. */
    public <T> Uni<T> run(Function<Mutiny.Session, Uni<T>> work) {
        return Uni.createFrom().<T>emitter(emitter -> {
            Context context =
                    VertxContext.createNewDuplicatedContext(VertxContext.getRootContext(vertx.getOrCreateContext()));
            VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(now -> Panache.withTransaction(
                            () -> Panache.getSession().chain(session -> work.apply(session)))
                    .ifNoItem()
                    .after(TIMEOUT)
                    .fail()
                    .subscribe()
                    .with(emitter::complete, emitter::fail));
        });
    }
}
