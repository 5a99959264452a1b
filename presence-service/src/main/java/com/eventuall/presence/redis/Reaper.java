package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import com.eventuall.presence.Batch;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.RoomStore;
import com.eventuall.presence.runtime.PresenceConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the sockets of a dead node away. First the node is fenced in every shard, so that nothing it may still send counts;
 * then its sockets are taken out room by room, with the usual grace, in which their people may come back elsewhere. Every
 * part can be repeated, so a reaper that dies leaves the rest to the next.
 */
@ApplicationScoped
public class Reaper {
    private static final Duration REMEMBER_FENCED = Duration.ofDays(1);
    private static final String SCAN_COUNT = "500";
    private static final int CONCURRENT_ROOMS = 4;

    private final RedisCommands redis;
    private final RoomStore store;
    private final Clock clock;
    private final Duration grace;
    private final MeterRegistry metrics;

    Reaper(RedisCommands redis, RoomStore store, Clock clock, PresenceConfig config, MeterRegistry metrics) {
        this.redis = redis;
        this.store = store;
        this.clock = clock;
        this.grace = config.grace();
        this.metrics = metrics;
    }

    /** Completes when nothing of {@code node} is left in any room. */
    Uni<Void> reap(String node) {
        return fence(node)
                .chain(() -> redis.send(Command.SMEMBERS, Leases.roomsOf(node)))
                .chain(rooms -> Multi.createFrom()
                        .iterable(rooms)
                        .onItem()
                        .transformToUni(room -> reap(node, RoomKey.parse(room.toString()), "0"))
                        .merge(CONCURRENT_ROOMS)
                        .onItem()
                        .ignoreAsUni());
    }

    /** Completes when no socket of a node that is not in {@code live} is left in the room; such nodes are fenced first. */
    Uni<Void> reapOthers(List<String> live, RoomKey room) {
        return redis.send(Command.HVALS, RoomKeys.sockets(room))
                .map(people -> nodesIn(people))
                .onItem()
                .transformToMulti(nodes -> Multi.createFrom().iterable(nodes))
                .filter(node -> !live.contains(node))
                .onItem()
                .transformToUniAndConcatenate(node -> fence(node).chain(() -> reap(node, room, "0")))
                .onItem()
                .ignoreAsUni();
    }

    private static Set<String> nodesIn(Response people) {
        Set<String> nodes = new HashSet<>();
        for (Response sockets : people) {
            for (String socket : sockets.toString().split(";")) {
                nodes.add(socket.split("~")[1]);
            }
        }
        return nodes;
    }

    /** Drops the node's own records, once it is reaped. */
    Uni<Void> forget(String dead, String node) {
        return redis.send(Command.DEL, Leases.roomsOf(node))
                .chain(() -> redis.send(Command.ZREM, dead, node))
                .replaceWithVoid();
    }

    private Uni<Void> fence(String node) {
        long now = clock.millis();
        List<Request> requests = new ArrayList<>();
        Shards.all().mapToObj(RoomKeys::fenced).forEach(key -> {
            requests.add(Request.cmd(Command.ZADD).arg(key).arg(now).arg(node));
            requests.add(
                    Request.cmd(Command.ZREMRANGEBYSCORE).arg(key).arg("-inf").arg(now - REMEMBER_FENCED.toMillis()));
        });
        return redis.batch(requests).replaceWithVoid();
    }

    private Uni<Void> reap(String node, RoomKey room, String cursor) {
        return redis.send(Command.HSCAN, RoomKeys.sockets(room), cursor, "COUNT", SCAN_COUNT)
                .chain(page -> {
                    String next = page.get(0).toString();
                    return take(node, room, page.get(1))
                            .chain(() -> next.equals("0") ? Uni.createFrom().voidItem() : reap(node, room, next));
                });
    }

    private Uni<Void> take(String node, RoomKey room, Response people) {
        List<RoomOp> ops = new ArrayList<>();
        for (int i = 0; i + 1 < people.size(); i += 2) {
            String userId = people.get(i).toString();
            for (String socket : people.get(i + 1).toString().split(";")) {
                String[] parts = socket.split("~");
                if (parts[1].equals(node)) {
                    ops.add(new RoomOp.Gone(parts[0], userId, node, grace));
                }
            }
        }
        if (ops.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        metrics.counter("eventuall.presence.ghosts.reaped").increment(ops.size());
        Batch batch = Batch.anonymous("", ops);
        return Uni.createFrom().completionStage(() -> store.apply(room, batch)).replaceWithVoid();
    }
}
