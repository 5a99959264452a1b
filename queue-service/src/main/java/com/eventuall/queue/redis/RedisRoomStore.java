package com.eventuall.queue.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.outbox.RedisOutbox;
import com.eventuall.platform.redis.LuaScript;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import com.eventuall.platform.redis.SharedKeys;
import com.eventuall.queue.Published;
import com.eventuall.queue.RoomStore;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@link RoomStore} in Redis. Every step is one script and one round trip. */
public final class RedisRoomStore implements RoomStore {

    /** How long an owner stays owner without announcing anything: what a crashed one costs at most. */
    static final Duration LEASE = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(RedisRoomStore.class);

    private final RedisCommands redis;
    private final String retentionMillis;
    private final LuaScript load;
    private final LuaScript append;
    private final LuaScript entries;
    private final LuaScript publish;
    private final LuaScript compact;
    private final LuaScript rollOver;

    /** @param retention how long a room that nobody touches is kept */
    public RedisRoomStore(RedisCommands redis, Duration retention) {
        this.redis = redis;
        this.retentionMillis = Long.toString(retention.toMillis());
        this.load = LuaScript.load(redis, "lua/load.lua");
        this.append = LuaScript.load(redis, "lua/append.lua");
        this.entries = LuaScript.load(redis, "lua/entries.lua");
        this.publish = LuaScript.load(redis, "lua/publish.lua");
        this.compact = LuaScript.load(redis, "lua/compact.lua");
        this.rollOver = LuaScript.load(redis, "lua/rollover.lua");
    }

    @Override
    public CompletionStage<Loaded> load(RoomKey room, int generation, Scope known, long position) {
        List<String> arguments = List.of(
                UUID.randomUUID().toString(),
                Integer.toString(generation),
                retentionMillis,
                known.epoch(),
                Long.toString(position));
        return load.run(documentKeys(room), arguments)
                .map(RedisRoomStore::loaded)
                .subscribeAsCompletionStage();
    }

    private static Loaded loaded(Response answer) {
        List<byte[]> entries = new ArrayList<>();
        answer.get(7).forEach(entry -> entries.add(entry.toBytes()));
        Published published = PublishedJson.read(
                answer.get(3).toLong(), answer.get(4).toLong(), answer.get(5).toString());
        Scope scope = new Scope(answer.get(0).toString(), answer.get(1).toInteger());
        return new Loaded(scope, answer.get(2).toLong(), answer.get(6).toBytes(), entries, published);
    }

    @Override
    public CompletionStage<Appended> append(RoomKey room, Scope scope, long position, byte[] entry) {
        List<String> keys = new ArrayList<>(documentKeys(room));
        keys.add(RoomKeys.live(room));
        keys.add(RoomKeys.dirty(Shards.of(room)));
        List<byte[]> arguments = List.of(
                bytes(scope.epoch()),
                bytes(Integer.toString(scope.generation())),
                entry,
                bytes(RoomKeys.channel(room)),
                bytes(room.key()),
                bytes(retentionMillis),
                bytes(Long.toString(position)));
        return append.runBinary(keys, arguments)
                .map(answer -> answer.toLong() < 0
                        ? new Appended(Status.OTHER_SCOPE, 0)
                        : new Appended(Status.DONE, answer.toLong()))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Entries> entriesAfter(RoomKey room, Scope scope, long position) {
        List<String> arguments = List.of(scope.epoch(), Integer.toString(scope.generation()), Long.toString(position));
        return entries.run(List.of(RoomKeys.room(room), RoomKeys.log(room)), arguments)
                .map(RedisRoomStore::entries)
                .subscribeAsCompletionStage();
    }

    private static Entries entries(Response answer) {
        long first = answer.get(0).toLong();
        List<byte[]> entries = new ArrayList<>();
        for (int i = 1; i < answer.size(); i++) {
            entries.add(answer.get(i).toBytes());
        }
        return new Entries(first < 0 ? Status.OTHER_SCOPE : Status.DONE, first, entries);
    }

    @Override
    public CompletionStage<PublishResult> publish(RoomKey room, Scope scope, Publication publication) {
        List<String> keys = List.of(
                RoomKeys.room(room), RoomKeys.live(room), RoomKeys.outbox(room), RoomKeys.dirty(Shards.of(room)));
        List<String> arguments = new ArrayList<>(List.of(
                scope.epoch(),
                Integer.toString(scope.generation()),
                publication.replica(),
                Long.toString(LEASE.toMillis()),
                Long.toString(publication.expectedRevision()),
                Long.toString(publication.position()),
                publication.changed() ? "1" : "0",
                RoomKeys.channel(room),
                RedisOutbox.wakeChannel(RoomKeys.SERVICE),
                room.key(),
                retentionMillis));
        arguments.addAll(new Announcement(room, publication).arguments());
        arguments.add(SharedKeys.QUEUE_NEWS);
        return publish.run(keys, arguments)
                .map(answer -> published(answer, publication))
                .subscribeAsCompletionStage();
    }

    private static PublishResult published(Response answer, Publication publication) {
        Status status = Status.valueOf(answer.get(0).toString());
        long revision = answer.get(1).toLong();
        long position = answer.get(2).toLong();
        String lists = answer.get(3).toString();
        if (status == Status.DONE && lists.isEmpty()) {
            return new PublishResult(
                    status, new Published(revision, position, publication.pending(), publication.live()));
        }
        return new PublishResult(status, PublishedJson.read(revision, position, lists));
    }

    @Override
    public CompletionStage<Published> published(RoomKey room) {
        return redis.send(Command.HMGET, RoomKeys.room(room), "revision", "published", "lists")
                .map(answer -> answer.get(0) == null
                        ? Published.NOTHING
                        : PublishedJson.read(
                                answer.get(0).toLong(), answer.get(1).toLong(), text(answer.get(2))))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Status> compact(RoomKey room, Scope scope, long position, byte[] snapshot) {
        List<byte[]> arguments = List.of(
                bytes(scope.epoch()),
                bytes(Integer.toString(scope.generation())),
                bytes(Long.toString(position)),
                snapshot,
                bytes(retentionMillis));
        return compact.runBinary(documentKeys(room), arguments)
                .map(answer -> answer.toInteger() == 1 ? Status.DONE : Status.OTHER_SCOPE)
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Status> rollOver(RoomKey room, Scope scope, long position, byte[] document) {
        List<byte[]> arguments = List.of(
                bytes(scope.epoch()),
                bytes(Integer.toString(scope.generation())),
                bytes(Long.toString(position)),
                document,
                bytes(RoomKeys.channel(room)),
                bytes(room.key()),
                bytes(retentionMillis));
        return rollOver.runBinary(documentKeys(room), arguments)
                .map(answer -> switch (answer.toInteger()) {
                    case 1 -> Status.DONE;
                    case 0 -> Status.STALE;
                    default -> Status.OTHER_SCOPE;
                })
                .subscribeAsCompletionStage();
    }

    @Override
    public void tell(RoomKey room, byte[] awareness) {
        redis.send(Request.cmd(Command.PUBLISH)
                        .arg(RoomKeys.channel(room))
                        .arg(Buffer.buffer(FeedMessage.awareness(room, awareness))))
                .subscribe()
                .with(ignored -> {}, failure -> LOG.debugf("Awareness of %s not told: %s", room, failure));
    }

    private static List<String> documentKeys(RoomKey room) {
        return List.of(RoomKeys.room(room), RoomKeys.log(room), RoomKeys.snapshot(room));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(@Nullable Response response) {
        return response == null ? "" : response.toString();
    }
}
