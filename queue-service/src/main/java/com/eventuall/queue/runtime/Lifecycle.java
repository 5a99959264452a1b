package com.eventuall.queue.runtime;

import com.eventuall.platform.outbox.OutboxRelay;
import com.eventuall.platform.outbox.RedisOutbox;
import com.eventuall.platform.redis.Subscription;
import com.eventuall.platform.redis.Subscriptions;
import com.eventuall.queue.Patrol;
import com.eventuall.queue.redis.RedisRoomFeed;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/** Starts and stops what runs by itself: the feed, the relay of events, the patrol. */
@ApplicationScoped
class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final RedisRoomFeed feed;
    private final OutboxRelay relay;
    private final Patrol patrol;
    private final Subscription wake;
    private long patrolTimer;

    Lifecycle(Vertx vertx, RedisRoomFeed feed, OutboxRelay relay, Patrol patrol, Subscriptions subscriptions) {
        this.vertx = vertx;
        this.feed = feed;
        this.relay = relay;
        this.patrol = patrol;
        this.wake = subscriptions.open(
                Set.of(RedisOutbox.wakeChannel("queue")), (channel, message) -> relay.wake(), relay::wake);
    }

    void start(@Observes StartupEvent event) {
        relay.start();
        patrolTimer = vertx.setPeriodic(
                Beans.PATROL.toMillis(),
                timer -> patrol.round().whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.debug("No patrol", failure);
                    }
                }));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(patrolTimer);
        wake.stop();
        feed.stop();
        relay.stop()
                .ifNoItem()
                .after(STOP_TIMEOUT)
                .fail()
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }
}
