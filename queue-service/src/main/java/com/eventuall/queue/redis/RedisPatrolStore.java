package com.eventuall.queue.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.LuaScript;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import com.eventuall.queue.PatrolStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@link PatrolStore} in Redis. */
public final class RedisPatrolStore implements PatrolStore {

    /** Whoever sets this key does the round; it is gone before the next one. */
    private static final String TURN = RoomKeys.SERVICE + ":patrol-turn";

    private static final long TURN_MILLIS = 900;
    private static final int BATCH = 100;

    private final RedisCommands redis;
    private final LuaScript presence;
    private final String retentionMillis;

    /** @param retention how long a room's people are remembered after the last one came or went */
    public RedisPatrolStore(RedisCommands redis, Duration retention) {
        this.redis = redis;
        this.retentionMillis = Long.toString(retention.toMillis());
        this.presence = LuaScript.load(redis, "lua/presence.lua");
    }

    @Override
    public CompletionStage<Void> gone(RoomKey room, String userId, long at, long lookAt) {
        return note(room, userId, at, "gone", lookAt);
    }

    @Override
    public CompletionStage<Void> back(RoomKey room, String userId, long at) {
        return note(room, userId, at, "come", 0);
    }

    private CompletionStage<Void> note(RoomKey room, String userId, long at, String what, long lookAt) {
        List<String> keys = List.of(RoomKeys.presence(room), RoomKeys.absent(Shards.of(room)));
        List<String> arguments =
                List.of(userId, Long.toString(at), what, Long.toString(lookAt), member(room, userId), retentionMillis);
        return presence.run(keys, arguments).replaceWithVoid().subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Duty> due(long now, long unannouncedBefore) {
        return redis.send(Command.SET, TURN, "1", "NX", "PX", Long.toString(TURN_MILLIS))
                .chain(ours -> ours == null
                        ? Uni.createFrom().item(new Duty(List.of(), List.of()))
                        : lookUp(now, unannouncedBefore))
                .subscribeAsCompletionStage();
    }

    private Uni<Duty> lookUp(long now, long unannouncedBefore) {
        List<Request> questions = new ArrayList<>();
        Shards.all().forEach(shard -> questions.add(upTo(RoomKeys.absent(shard), now)));
        Shards.all().forEach(shard -> questions.add(upTo(RoomKeys.dirty(shard), unannouncedBefore)));
        return redis.batch(questions).chain(answers -> {
            List<String> absent = members(answers.subList(0, Shards.COUNT));
            List<RoomKey> unannounced = members(answers.subList(Shards.COUNT, 2 * Shards.COUNT)).stream()
                    .map(RoomKey::parse)
                    .toList();
            return withTimes(absent).map(known -> new Duty(known, unannounced));
        });
    }

    private Uni<List<Absent>> withTimes(List<String> members) {
        if (members.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Request> questions = members.stream()
                .map(member -> Request.cmd(Command.HGET)
                        .arg(RoomKeys.presence(room(member)))
                        .arg(userId(member)))
                .toList();
        return redis.batch(questions).map(answers -> {
            List<Absent> absent = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                Response at = answers.get(i);
                if (at != null && at.toLong() < 0) {
                    absent.add(new Absent(room(members.get(i)), userId(members.get(i)), -at.toLong()));
                }
            }
            return absent;
        });
    }

    @Override
    public CompletionStage<Void> lookAgain(Absent absent, long at) {
        // Only if still there: coming back removes it.
        return redis.send(
                        Command.ZADD,
                        RoomKeys.absent(Shards.of(absent.room())),
                        "XX",
                        Long.toString(at),
                        member(absent.room(), absent.userId()))
                .replaceWithVoid()
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> forget(Absent absent) {
        return redis.send(
                        Command.ZREM, RoomKeys.absent(Shards.of(absent.room())), member(absent.room(), absent.userId()))
                .replaceWithVoid()
                .subscribeAsCompletionStage();
    }

    private static Request upTo(String key, long score) {
        return Request.cmd(Command.ZRANGEBYSCORE)
                .arg(key)
                .arg("-inf")
                .arg(score)
                .arg("LIMIT")
                .arg(0)
                .arg(BATCH);
    }

    private static List<String> members(List<Response> answers) {
        List<String> members = new ArrayList<>();
        answers.forEach(answer -> answer.forEach(member -> members.add(member.toString())));
        return members;
    }

    private static String member(RoomKey room, String userId) {
        return room.key() + ' ' + userId;
    }

    private static RoomKey room(String member) {
        return RoomKey.parse(member.substring(0, member.indexOf(' ')));
    }

    private static String userId(String member) {
        return member.substring(member.indexOf(' ') + 1);
    }
}
