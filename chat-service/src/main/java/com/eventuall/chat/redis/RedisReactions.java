package com.eventuall.chat.redis;

import com.eventuall.chat.MessageRef;
import com.eventuall.chat.ReactionStore;
import com.eventuall.chat.config.ChatConfig;
import com.eventuall.chat.reactions.Emoji;
import com.eventuall.chat.reactions.Reaction;
import com.eventuall.platform.redis.LuaScript;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reactions in Redis. One hash per message, so that it is changed in one step and expires as a whole:
 *
 * <pre>
 * loaded        1 once the attributes have been read
 * v             version, counts changes
 * n             how many different emojis
 * c:EMOJI       how many have reacted with it, those included whose ids are not known
 * u:EMOJI\nUSER the version at which that person did
 * p:EMOJI\nUSER an odd number of toggles made before the reactions were loaded
 * unsure        until when (epoch ms) a write that was given up may still arrive at the vendor
 * </pre>
 */
@ApplicationScoped
public class RedisReactions implements ReactionStore {
    /** Longer than reading and writing the attributes takes, waits included. */
    private static final Duration LEASE = Duration.ofSeconds(25);

    private final RedisCommands redis;
    private final ChatConfig.Reactions config;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();
    private final LuaScript toggle;
    private final LuaScript park;
    private final LuaScript load;
    private final LuaScript mirrored;
    private final LuaScript postpone;

    RedisReactions(RedisCommands redis, ChatConfig config, Clock clock) {
        this.redis = redis;
        this.config = config.reactions();
        this.clock = clock;
        this.toggle = LuaScript.load(redis, "lua/toggle.lua");
        this.park = LuaScript.load(redis, "lua/park.lua");
        this.load = LuaScript.load(redis, "lua/load.lua");
        this.mirrored = LuaScript.load(redis, "lua/mirrored.lua");
        this.postpone = LuaScript.load(redis, "lua/postpone.lua");
    }

    @Override
    public Uni<Toggled> toggle(MessageRef message, Emoji emoji, String userId) {
        return toggle.run(keys(message), toggleArguments(message, emoji, userId))
                .map(answer -> new Toggled(
                        Toggle.valueOf(answer.get(0).toString()), answer.get(1).toLong()));
    }

    @Override
    public Uni<Toggled> park(MessageRef message, Emoji emoji, String userId) {
        return park.run(keys(message), toggleArguments(message, emoji, userId)).chain(answer -> {
            Toggle what = Toggle.valueOf(answer.toString());
            return what == Toggle.NOT_LOADED
                    ? toggle(message, emoji, userId)
                    : Uni.createFrom().item(new Toggled(what, 0));
        });
    }

    private static List<String> keys(MessageRef message) {
        return List.of(MessageKeys.reactions(message), MessageKeys.unmirrored(message));
    }

    private List<String> toggleArguments(MessageRef message, Emoji emoji, String userId) {
        return List.of(
                emoji.key(),
                userId,
                Integer.toString(config.maxEmojis()),
                millis(config.gather()),
                millis(config.keep()),
                MessageKeys.member(message));
    }

    @Override
    public Uni<Void> load(MessageRef message, List<Reaction> reactions) {
        JsonArray known = new JsonArray();
        for (Reaction reaction : reactions) {
            known.add(new JsonObject()
                    .put("e", reaction.emoji())
                    .put("n", reaction.count())
                    .put("u", new JsonArray(reaction.userIds())));
        }
        return load.run(
                        List.of(MessageKeys.reactions(message)),
                        List.of(known.encode(), Integer.toString(config.maxEmojis()), millis(config.keep())))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<State>> read(MessageRef message) {
        return redis.send(Command.HGETALL, MessageKeys.reactions(message)).map(ReactionHash::read);
    }

    @Override
    public Uni<Void> forget(MessageRef message) {
        return redis.batch(List.of(
                        Request.cmd(Command.ZREM)
                                .arg(MessageKeys.unmirrored(message))
                                .arg(MessageKeys.member(message)),
                        Request.cmd(Command.DEL)
                                .arg(MessageKeys.reactions(message))
                                .arg(MessageKeys.lease(message))))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<MessageRef>> due(int limit) {
        String now = Long.toString(clock.millis());
        List<Request> requests = Shards.all()
                .mapToObj(shard -> Request.cmd(Command.ZRANGEBYSCORE)
                        .arg(MessageKeys.unmirrored(shard))
                        .arg("-inf")
                        .arg(now)
                        .arg("LIMIT")
                        .arg("0")
                        .arg(Integer.toString(limit)))
                .toList();
        return redis.batch(requests).map(answers -> {
            List<MessageRef> due = new ArrayList<>();
            for (Response shard : answers) {
                shard.forEach(member -> due.add(MessageKeys.message(member.toString())));
            }
            // So that no shard waits for another one whose messages are all being mirrored elsewhere.
            Collections.shuffle(due);
            return due.subList(0, Math.min(limit, due.size()));
        });
    }

    @Override
    public Uni<Boolean> lease(MessageRef message) {
        return redis.send(Command.SET, MessageKeys.lease(message), owner, "NX", "PX", millis(LEASE))
                .map(answer -> answer != null);
    }

    @Override
    public Uni<Void> mirrored(MessageRef message, long version) {
        return mirrored.run(
                        mirrorKeys(message),
                        List.of(Long.toString(version), millis(config.gather()), MessageKeys.member(message), owner))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> postpone(MessageRef message, Duration delay, boolean unknown) {
        return postpone.run(
                        mirrorKeys(message),
                        List.of(millis(delay), unknown ? millis(LEASE) : "0", MessageKeys.member(message), owner))
                .replaceWithVoid();
    }

    private static List<String> mirrorKeys(MessageRef message) {
        return List.of(MessageKeys.reactions(message), MessageKeys.unmirrored(message), MessageKeys.lease(message));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
