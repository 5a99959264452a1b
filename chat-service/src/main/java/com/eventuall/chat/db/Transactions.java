package com.eventuall.chat.db;

import com.eventuall.platform.outbox.OutboxRelay;
import com.eventuall.platform.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that may be started from any thread. A Hibernate session belongs to a Vert.x context, and our callers come from
 * requests, Kafka, timers and the vendor's worker threads, so each transaction gets a context of its own. Nothing is retried
 * here; a database that does not answer within {@link #TIMEOUT} gives a {@link ProblemException} {@code unavailable}.
 */
@ApplicationScoped
public class Transactions {
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(Transactions.class);
    /** Classes of SQLSTATE that are about the server's state rather than about the statement. */
    private static final Set<String> SERVER_STATES = Set.of("08", "53", "57", "58");

    private final Vertx vertx;
    private final OutboxRelay relay;

    Transactions(Vertx vertx, OutboxRelay relay) {
        this.vertx = vertx;
        this.relay = relay;
    }

    /** Runs work in a transaction of its own. */
    <T> Uni<T> run(Function<Mutiny.Session, Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(
                    start -> Panache.withTransaction(() -> Panache.getSession().chain(work::apply))
                            .ifNoItem()
                            .after(TIMEOUT)
                            .fail()
                            .onFailure(failure -> !isOurs(failure))
                            .transform(failure -> {
                                LOG.debug("The database does not answer", failure);
                                return ProblemException.unavailable("The chat's store cannot be reached at the moment");
                            })
                            .subscribe()
                            .with(emitter::complete, emitter::fail));
        });
    }

    /** As {@link #run}, for work that may write events: they are relayed at once. */
    <T> Uni<T> announcing(Function<Mutiny.Session, Uni<T>> work) {
        return run(work).invoke(relay::wake);
    }

    /** Whether a failure is a mistake in what we asked for, which another attempt would meet again. */
    private static boolean isOurs(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = stateOf(cause);
            if (state != null) {
                return !SERVER_STATES.contains(state.substring(0, 2));
            }
            if (cause instanceof IllegalArgumentException || cause instanceof NullPointerException) {
                return true;
            }
        }
        return false;
    }

    /** The driver's exception, or what Hibernate Reactive makes of it. */
    private static @Nullable String stateOf(Throwable cause) {
        return cause instanceof PgException pg
                ? pg.getSqlState()
                : cause instanceof SQLException sql ? sql.getSQLState() : null;
    }
}
