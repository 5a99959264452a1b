package com.eventuall.platform.start;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Keeps a replica out of service until everything that requests need has been used once: else the first request pays for
 * loading classes and opening connections, which on a busy machine takes longer than a command to a store may. Each
 * {@link FirstUse} is tried once, one after the other, for at most {@link #LIMIT} in all; one that fails does not keep the
 * replica out, as whether stores answer is for other checks to say.
 */
@Readiness
@ApplicationScoped
public class WarmUp implements HealthCheck {
    /** After that the replica is taken for ready, whatever is still under way. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    private final Vertx vertx;
    private final List<FirstUse> uses;
    private final Duration limit;
    private volatile boolean ended;

    @Inject
    WarmUp(Vertx vertx, @All List<FirstUse> uses) {
        this(vertx, uses, LIMIT);
    }

    WarmUp(Vertx vertx, List<FirstUse> uses, Duration limit) {
        this.vertx = vertx;
        this.uses = uses;
        this.limit = limit;
    }

    void start(@Observes StartupEvent event) {
        // On an event loop, as requests are.
        vertx.getOrCreateContext().runOnContext(ignored -> useAll().subscribe().with(done -> ended = true));
    }

    private Uni<Void> useAll() {
        return Multi.createFrom()
                .iterable(uses)
                .onItem()
                .transformToUniAndConcatenate(WarmUp::use)
                .collect()
                .last()
                .replaceWithVoid()
                .ifNoItem()
                .after(limit)
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    private static Uni<Void> use(FirstUse use) {
        return Uni.createFrom()
                .<Void>deferred(() -> use.run().replaceWithVoid())
                .onFailure()
                .invoke(failure -> LOG.debug("A first use ended otherwise", failure))
                .onFailure()
                .recoverWithNull();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("warm-up").status(ended).build();
    }
}
