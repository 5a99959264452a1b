package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.LuaScript;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import com.eventuall.presence.Batch;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.RoomStore;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks for deadlines that have passed, in the shards that fall to this node. It only finds; whether somebody really is to
 * go is decided in the store's atomic step. So it does no harm when two nodes look after one shard for a moment, and the
 * division of shards needs no agreement. It costs what is due, not what exists.
 */
@ApplicationScoped
public class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final List<String> LIMITS = List.of("20", "500");
    private static final int CONCURRENT_SHARDS = 4;

    private final Vertx vertx;
    private final RedisCommands redis;
    private final LuaScript script;
    private final RoomStore store;
    private final Leases leases;
    private volatile boolean busy;
    private long timer;

    Sweeper(Vertx vertx, RedisCommands redis, RoomStore store, Leases leases) {
        this.vertx = vertx;
        this.redis = redis;
        this.script = LuaScript.load(redis, "lua/presence-due.lua");
        this.store = store;
        this.leases = leases;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(INTERVAL.toMillis(), ignored -> sweep());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    private void sweep() {
        if (busy) {
            return;
        }
        busy = true;
        List<String> live = leases.live();
        String self = leases.id();
        List<Integer> shards = Shards.all()
                .filter(shard -> self.equals(Leases.ownerOf(shard, live)))
                .boxed()
                .toList();
        peek(shards)
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem()
                .transformToUni(this::sweep)
                .merge(CONCURRENT_SHARDS)
                .onItem()
                .ignoreAsUni()
                .subscribe()
                .with(ignored -> busy = false, failure -> {
                    busy = false;
                    LOG.debug("Deadlines wait", failure);
                });
    }

    /** Those of {@code shards} in which something is due by now; one round trip, whatever their number. */
    private Uni<List<Integer>> peek(List<Integer> shards) {
        if (shards.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        long now = leases.storeTime();
        List<Request> requests = new ArrayList<>();
        for (int shard : shards) {
            requests.add(Request.cmd(Command.ZCOUNT)
                    .arg(RoomKeys.sweep(shard))
                    .arg("-inf")
                    .arg(now));
        }
        return redis.batch(requests).map(counts -> {
            List<Integer> due = new ArrayList<>();
            for (int i = 0; i < counts.size(); i++) {
                if (counts.get(i).toInteger() > 0) {
                    due.add(shards.get(i));
                }
            }
            return due;
        });
    }

    private Uni<Void> sweep(int shard) {
        List<String> arguments = new ArrayList<>(List.of(RoomKeys.duePrefix(shard)));
        arguments.addAll(LIMITS);
        return script.run(List.of(RoomKeys.sweep(shard)), arguments).chain(this::expire);
    }

    private Uni<Void> expire(Response found) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (int i = 0; i + 1 < found.size(); i += 2) {
            RoomKey room = RoomKey.parse(found.get(i).toString());
            List<RoomOp> ops = new ArrayList<>();
            found.get(i + 1).forEach(userId -> ops.add(new RoomOp.Expire(userId.toString())));
            Batch batch = Batch.anonymous("", ops);
            all = all.chain(() -> Uni.createFrom()
                    .completionStage(() -> store.apply(room, batch))
                    .replaceWithVoid());
        }
        return all;
    }
}
