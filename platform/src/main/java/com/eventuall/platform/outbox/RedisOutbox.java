package com.eventuall.platform.outbox;

import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.events.OutgoingEvent;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.Shards;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Outboxes in Redis streams, one per shard: <code>SERVICE:{sN}:outbox</code>. The script that changes a room appends to its
 * shard's stream with the fields
 *
 * <pre>
 * id    ce_id, a UUIDv7 that the caller made
 * type  ce_type
 * room  eventId:roomId
 * time  epoch milliseconds
 * seq   decimal, per room strictly increasing
 * data  the payload as JSON
 * trace W3C trace context, optional
 * </pre>
 *
 * and may then {@code PUBLISH} to {@link #wakeChannel} so that the relay looks at once. An entry that cannot be read is
 * moved to <code>SERVICE:{sN}:outbox-rejected</code>: it would otherwise hold up its shard for ever.
 */
public final class RedisOutbox implements Outbox {
    private static final long LEASE_MILLIS = 5000;
    private static final String EXTEND =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end "
                    + "if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end return 0";
    private static final String RELEASE =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private final RedisCommands redis;
    private final String service;
    private final String owner = UUID.randomUUID().toString();

    /** An outbox of the service with that key prefix, as in {@code queue}. */
    public RedisOutbox(RedisCommands redis, String service) {
        this.redis = redis;
        this.service = service;
    }

    /** The stream of a shard, for the scripts that append. */
    public static String stream(String service, int shard) {
        return Shards.key(service, shard, "outbox");
    }

    /** The channel on which scripts say that they appended. */
    public static String wakeChannel(String service) {
        return service + ":outbox-wake";
    }

    @Override
    public int partitions() {
        return Shards.COUNT;
    }

    @Override
    public Uni<Boolean> acquire() {
        return eval(EXTEND, owner, Long.toString(LEASE_MILLIS)).map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Uni<Void> release() {
        return eval(RELEASE, owner).replaceWithVoid();
    }

    private Uni<Response> eval(String script, String... arguments) {
        Request request = Request.cmd(Command.EVAL).arg(script).arg(1).arg(service + ":relay-lease");
        for (String argument : arguments) {
            request.arg(argument);
        }
        return redis.send(request);
    }

    @Override
    public Uni<List<Waiting>> peek(int partition, int limit) {
        return redis.send(Command.XRANGE, stream(service, partition), "-", "+", "COUNT", Integer.toString(limit))
                .chain(entries -> read(partition, entries));
    }

    private Uni<List<Waiting>> read(int partition, Response entries) {
        List<Waiting> waiting = new ArrayList<>();
        List<Request> rejects = new ArrayList<>();
        for (Response entry : entries) {
            String position = entry.get(0).toString();
            Map<String, String> fields = fields(entry.get(1));
            try {
                waiting.add(new Waiting(position, event(fields)));
            } catch (IllegalArgumentException e) {
                Request keep = Request.cmd(Command.XADD)
                        .arg(Shards.key(service, partition, "outbox-rejected"))
                        .arg("MAXLEN")
                        .arg("1000")
                        .arg("*");
                fields.forEach((name, value) -> keep.arg(name).arg(value));
                rejects.add(keep);
                rejects.add(Request.cmd(Command.XDEL)
                        .arg(stream(service, partition))
                        .arg(position));
            }
        }
        return rejects.isEmpty()
                ? Uni.createFrom().item(waiting)
                : redis.batch(rejects).replaceWith(waiting);
    }

    @Override
    public Uni<Void> remove(int partition, List<Waiting> published) {
        Request request = Request.cmd(Command.XDEL).arg(stream(service, partition));
        published.forEach(event -> request.arg(event.position()));
        return redis.send(request).replaceWithVoid();
    }

    private static Map<String, String> fields(Response pairs) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        return fields;
    }

    private static OutgoingEvent event(Map<String, String> fields) {
        EventType type = EventType.byType(required(fields, "type"))
                .orElseThrow(() -> new IllegalArgumentException("unknown type"));
        return new OutgoingEvent(
                required(fields, "id"),
                type,
                required(fields, "room"),
                Long.parseLong(required(fields, "time")),
                Long.parseLong(required(fields, "seq")),
                required(fields, "data"),
                fields.get("trace"));
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
