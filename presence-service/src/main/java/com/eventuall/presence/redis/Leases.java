package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.LuaScript;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.presence.Node;
import com.eventuall.presence.runtime.PresenceConfig;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This process's lease, and its look at the others'. Four times a second it renews its own and finds those that ran out; one
 * process at a time is given a dead one to clean up after. A process whose lease was given away takes a new name.
 *
 * <p>Only a process that has held its own lease without a break for a whole lease time judges others: after an outage of
 * Redis all leases have run out, and everybody must have the time to renew first.
 */
@ApplicationScoped
public class Leases implements Node {
    private static final Logger LOG = Logger.getLogger(Leases.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final String LEASES = "presence:{nodes}:leases";
    private static final String DEAD = "presence:{nodes}:dead";

    private final Vertx vertx;
    private final Context context;
    private final LuaScript script;
    private final Reaper reaper;
    private final RedisRoomStore store;
    private final Duration lease;
    private final Clock clock;
    private final AtomicLong batches = new AtomicLong();
    private volatile String id = freshName();
    private volatile List<String> live = List.of();
    private volatile long answeredAt;
    private volatile long clockOffset;
    private long steadySince;
    private boolean first = true;
    private boolean busy;
    private Runnable announce = () -> {};
    private volatile long timer;

    Leases(Vertx vertx, RedisCommands redis, Reaper reaper, RedisRoomStore store, PresenceConfig config, Clock clock) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.script = LuaScript.load(redis, "lua/presence-lease.lua");
        this.reaper = reaper;
        this.store = store;
        this.lease = config.lease();
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        context.runOnContext(ignored -> {
            renew();
            timer = vertx.setPeriodic(INTERVAL.toMillis(), tick -> renew());
        });
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long nextBatch() {
        return batches.incrementAndGet();
    }

    @Override
    public String freshEpoch() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    @Override
    public void recovered(RoomKey room) {
        // By then whoever lives has renewed its lease, should the leases have been lost as well.
        vertx.setTimer(
                lease.plusSeconds(1).toMillis(),
                ignored -> reaper.reapOthers(live, room)
                        .subscribe()
                        .with(done -> {}, failure -> LOG.warn("Sockets of forgotten replicas may be left", failure)));
    }

    @Override
    public void onRenamed(Runnable task) {
        announce = task;
    }

    @Override
    public boolean storeAnswers() {
        return answeredAt != 0
                && System.nanoTime() - answeredAt < Duration.ofSeconds(2).toNanos();
    }

    @Override
    public void fenced(String name) {
        context.runOnContext(ignored -> rename(name));
    }

    /** The names of all processes whose lease holds, as last seen; with this one in it. */
    List<String> live() {
        return live;
    }

    /** What the store's clock says about now, epoch milliseconds. */
    long storeTime() {
        return clock.millis() + clockOffset;
    }

    private void rename(String old) {
        if (!id.equals(old)) {
            return;
        }
        id = freshName();
        first = true;
        store.forget(old);
        LOG.warnf("The lease of %s was given up by others, going on as %s", old, id);
        announce.run();
        renew();
    }

    private void renew() {
        if (busy) {
            return;
        }
        busy = true;
        String name = id;
        script.run(List.of(LEASES, DEAD), List.of(name, millis(lease), first ? "1" : "0", steady() ? "1" : "0"))
                .subscribe()
                .with(
                        answer -> context.runOnContext(ignored -> renewed(name, answer)),
                        failure -> context.runOnContext(ignored -> failed(failure)));
    }

    private boolean steady() {
        return steadySince != 0 && System.nanoTime() - steadySince > lease.toNanos();
    }

    private void failed(Throwable failure) {
        busy = false;
        steadySince = 0;
        LOG.debug("Lease not renewed", failure);
    }

    private void renewed(String name, Response answer) {
        busy = false;
        answeredAt = System.nanoTime();
        boolean held = answer.get(0).toInteger() == 1;
        if (!held) {
            steadySince = 0;
            rename(name);
            return;
        }
        first = false;
        if (answer.get(1).toInteger() == 0) {
            steadySince = 0;
        } else if (steadySince == 0) {
            steadySince = System.nanoTime();
        }
        List<String> names = new ArrayList<>();
        answer.get(3).forEach(other -> names.add(other.toString()));
        live = List.copyOf(names);
        clockOffset = answer.get(4).toLong() - clock.millis();
        String claimed = answer.get(2).toString();
        if (!claimed.isEmpty()) {
            reap(claimed);
        }
    }

    private void reap(String dead) {
        LOG.infof("Cleaning up after %s", dead);
        reaper.reap(dead)
                .chain(() -> reaper.forget(DEAD, dead))
                .subscribe()
                .with(
                        ignored -> LOG.infof("Nothing is left of %s", dead),
                        failure -> LOG.warnf(failure, "Could not clean up after %s, another attempt follows", dead));
    }

    /** Gives the lease up, once all sockets are gone. */
    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    private static String freshName() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Where a node says in which rooms it has sockets; a set of room keys. */
    static String roomsOf(String node) {
        return "presence:{nodes}:rooms:" + node;
    }

    /** Which of {@code candidates} is to look after {@code task}: all who know the same candidates agree. */
    static @Nullable String ownerOf(int task, List<String> candidates) {
        String owner = null;
        long highest = Long.MIN_VALUE;
        for (String candidate : candidates) {
            long weight = (candidate.hashCode() * 31L + task) * 0x9E3779B97F4A7C15L;
            weight ^= weight >>> 32;
            if (owner == null || weight > highest) {
                owner = candidate;
                highest = weight;
            }
        }
        return owner;
    }
}
