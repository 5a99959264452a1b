package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.outbox.RedisOutbox;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.redis.LuaScript;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import com.eventuall.platform.tracing.TraceContext;
import com.eventuall.presence.ApplyReply;
import com.eventuall.presence.Batch;
import com.eventuall.presence.Head;
import com.eventuall.presence.RoomStore;
import com.eventuall.presence.Standing;
import com.eventuall.presence.Step;
import com.eventuall.presence.StoreUnavailableException;
import com.eventuall.presence.StoredRoom;
import com.eventuall.presence.runtime.PresenceConfig;
import com.eventuall.presence.tracing.FanoutTraces;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Rooms in Redis. Each call is one script or one command, with the time limit of {@link RedisCommands} and no retry. */
@ApplicationScoped
public class RedisRoomStore implements RoomStore {
    /** Of rooms with more people than this, people are read by page: neither Redis nor an event loop is held up. */
    private static final String MOST_AT_ONCE = "5000";

    private final RedisCommands redis;
    private final RedisRoomIndex index;
    private final FanoutTraces traces;
    private final LuaScript applyScript;
    private final LuaScript openScript;
    private final String socketsPerPerson;
    private final String removeAfter;
    private final String logLength;
    /** Where this process has said that a node has sockets: written before the first of them, read by the reaper. */
    private final Set<String> announced = ConcurrentHashMap.newKeySet();

    RedisRoomStore(RedisCommands redis, RedisRoomIndex index, PresenceConfig config, FanoutTraces traces) {
        this.redis = redis;
        this.index = index;
        this.traces = traces;
        this.applyScript = LuaScript.load(redis, "lua/presence-apply.lua");
        this.openScript = LuaScript.load(redis, "lua/presence-open.lua");
        this.socketsPerPerson = Integer.toString(config.socketsPerPerson());
        this.removeAfter = Long.toString(config.removeAfter().toMillis());
        this.logLength = Integer.toString(config.ringSize());
    }

    @Override
    public CompletionStage<ApplyReply> apply(RoomKey room, Batch batch) {
        String trace = TraceContext.current();
        Uni<Response> answer = announce(room, batch.node())
                .chain(() -> applyScript.run(RoomKeys.ofApply(room), arguments(room, batch, trace)));
        return here(answer.map(RedisRoomStore::reply)
                .invoke(reply -> traced(room, reply, trace))
                .call(reply -> indexed(room, batch, reply)));
    }

    /** Here the step may be taken before the other nodes' message about its cause comes round. */
    private void traced(RoomKey room, ApplyReply reply, @Nullable String trace) {
        if (trace != null && reply.step() != null) {
            traces.caused(room, reply.head().version(), trace);
        }
    }

    private List<String> arguments(RoomKey room, Batch batch, @Nullable String trace) {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        // Half of the range, so that counting on from it stays within twelve digits.
        String lastDigits = Long.toString(Long.parseLong(id.substring(24), 16) >>> 1);
        return List.of(
                room.key(),
                RoomKeys.channel(Shards.of(room)),
                batch.node(),
                Long.toString(batch.number()),
                batch.known().head().epoch(),
                Long.toString(batch.known().head().version()),
                batch.known().head().chain(),
                batch.freshEpoch(),
                batch.reseed() ? "1" : "0",
                OpWriter.write(batch.ops()),
                socketsPerPerson,
                removeAfter,
                logLength,
                id.substring(0, 24),
                lastDigits,
                RedisOutbox.wakeChannel(RoomKeys.SERVICE),
                Long.toString(batch.known().batch()),
                trace == null ? "" : trace);
    }

    private static ApplyReply reply(Response answer) {
        ApplyReply.Outcome outcome = ApplyReply.Outcome.valueOf(answer.get(0).toString());
        if (answer.size() < 4) {
            return new ApplyReply(outcome, Head.NONE, null, List.of());
        }
        Head head = new Head(text(answer, 1), answer.get(2).toLong(), text(answer, 3));
        if (answer.size() < 7) {
            return new ApplyReply(outcome, head, null, List.of());
        }
        String change = text(answer, 5);
        Step step = change.isEmpty() ? null : new Step(text(answer, 4), head, Json.delta(change));
        String evicted = text(answer, 6);
        return new ApplyReply(outcome, head, step, evicted.isEmpty() ? List.of() : List.of(evicted.split(",")));
    }

    /** The reaper looks for a node's sockets only where the node said it had some. */
    private Uni<Void> announce(RoomKey room, String node) {
        String what = node + " " + room.key();
        if (node.isEmpty() || announced.contains(what)) {
            return Uni.createFrom().voidItem();
        }
        return redis.send(Command.SADD, Leases.roomsOf(node), room.key())
                .invoke(() -> announced.add(what))
                .replaceWithVoid();
    }

    /** Drops what was announced under a name that is no longer used. */
    void forget(String node) {
        announced.removeIf(what -> what.startsWith(node + " "));
    }

    /**
     * A room that begins is one of its event's, and so is one that begins anew after the store has lost the list as well. One that
     * has ended is none any more; should this process be killed just here, whoever reads the list finds that out.
     */
    private Uni<Void> indexed(RoomKey room, Batch batch, ApplyReply reply) {
        if (!reply.head().exists()) {
            return batch.mayEndRoom() && reply.outcome() == ApplyReply.Outcome.OK
                    ? index.remove(room.eventId(), List.of(room.roomId()))
                    : Uni.createFrom().voidItem();
        }
        boolean begun = reply.head().version() == 1 || reply.head().epoch().equals(batch.freshEpoch());
        return begun ? index.add(room) : Uni.createFrom().voidItem();
    }

    @Override
    public CompletionStage<StoredRoom> open(RoomKey room, String freshEpoch) {
        Uni<Response> answer = openScript.run(
                RoomKeys.ofOpen(room), List.of(room.key(), freshEpoch, removeAfter, logLength, MOST_AT_ONCE));
        return here(answer.chain(found -> StoredRooms.isWhole(found)
                        ? Uni.createFrom().item(StoredRooms.read(found))
                        : new CrowdedRoom(this, redis, room, StoredRooms.read(found)).readPeople())
                .call(stored -> stored.head().exists() && stored.head().version() == 0
                        ? index.add(room)
                        : Uni.createFrom().voidItem()));
    }

    @Override
    public CompletionStage<List<Step>> since(RoomKey room, long version) {
        return here(stepsSince(room, version));
    }

    Uni<List<Step>> stepsSince(RoomKey room, long version) {
        return redis.send(Command.XRANGE, RoomKeys.log(room), (version + 1) + "-0", "+")
                .chain(log -> redis.send(Command.HGET, RoomKeys.meta(room), "epoch")
                        .map(epoch -> StoredRooms.steps(log, epoch == null ? "" : epoch.toString())));
    }

    @Override
    public CompletionStage<Map<RoomKey, Standing>> standings(Collection<RoomKey> rooms, String node) {
        List<RoomKey> order = List.copyOf(rooms);
        List<Request> requests = new ArrayList<>();
        for (RoomKey room : order) {
            requests.add(Request.cmd(Command.HMGET)
                    .arg(RoomKeys.meta(room))
                    .arg("epoch")
                    .arg("version")
                    .arg("chain")
                    .arg("batch:" + node));
        }
        return here(redis.batch(requests).map(answers -> {
            Map<RoomKey, Standing> standings = new HashMap<>();
            for (int i = 0; i < order.size(); i++) {
                standings.put(order.get(i), standing(answers.get(i)));
            }
            return standings;
        }));
    }

    private static Standing standing(Response fields) {
        if (fields.get(0) == null) {
            return Standing.NONE;
        }
        Head head = new Head(text(fields, 0), fields.get(1).toLong(), text(fields, 2));
        return new Standing(head, fields.get(3) == null ? 0 : fields.get(3).toLong());
    }

    static String text(Response list, int index) {
        Response item = list.get(index);
        return item == null ? "" : item.toString();
    }

    /** Completes on the context of the call, if it has one; a store that is away fails it as the port says. */
    private static <T> CompletionStage<T> here(Uni<T> answer) {
        @Nullable Context context = Vertx.currentContext();
        Uni<T> known = answer.onFailure(ProblemException.class).transform(away -> new StoreUnavailableException());
        Uni<T> placed =
                context == null ? known : known.emitOn(command -> context.runOnContext(ignored -> command.run()));
        return placed.subscribeAsCompletionStage();
    }
}
