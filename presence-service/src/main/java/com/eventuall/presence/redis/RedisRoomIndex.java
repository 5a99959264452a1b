package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.presence.Counts;
import com.eventuall.presence.RoomIndex;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The rooms of an event, from a set of those that were ever begun; what has vanished since is taken out on the way. */
@ApplicationScoped
public class RedisRoomIndex implements RoomIndex {
    private final RedisCommands redis;

    RedisRoomIndex(RedisCommands redis) {
        this.redis = redis;
    }

    @Override
    public CompletionStage<Map<String, Counts>> roomsOf(String eventId, int limit) {
        return redis.send(Command.SMEMBERS, RoomKeys.roomsOf(eventId))
                .chain(members -> counts(eventId, members, limit))
                .subscribeAsCompletionStage();
    }

    /** Puts a room on its event's list. */
    Uni<Void> add(RoomKey room) {
        return redis.send(Command.SADD, RoomKeys.roomsOf(room.eventId()), room.roomId())
                .replaceWithVoid();
    }

    /**
     * Takes rooms that have ended off their event's list; the list goes with its last room. List and rooms lie in different hash
     * slots, so this is no atomic step: a room that somebody began anew meanwhile is put back.
     */
    Uni<Void> remove(String eventId, List<String> roomIds) {
        Request ended = Request.cmd(Command.SREM).arg(RoomKeys.roomsOf(eventId));
        roomIds.forEach(ended::arg);
        return redis.send(ended).chain(() -> putBack(eventId, roomIds));
    }

    private Uni<Void> putBack(String eventId, List<String> roomIds) {
        List<Request> questions = roomIds.stream()
                .map(roomId -> Request.cmd(Command.HEXISTS)
                        .arg(RoomKeys.meta(new RoomKey(eventId, roomId)))
                        .arg("epoch"))
                .toList();
        return redis.batch(questions).chain(answers -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (int i = 0; i < roomIds.size(); i++) {
                if (answers.get(i).toInteger() == 1) {
                    RoomKey begun = new RoomKey(eventId, roomIds.get(i));
                    all = all.chain(() -> add(begun));
                }
            }
            return all;
        });
    }

    private Uni<Map<String, Counts>> counts(String eventId, Response members, int limit) {
        List<String> roomIds = new ArrayList<>();
        List<Request> requests = new ArrayList<>();
        for (Response member : members) {
            if (roomIds.size() == limit) {
                break;
            }
            roomIds.add(member.toString());
            requests.add(Request.cmd(Command.HMGET)
                    .arg(RoomKeys.meta(new RoomKey(eventId, member.toString())))
                    .arg("online")
                    .arg("away")
                    .arg("offline"));
        }
        if (requests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return redis.batch(requests).chain(answers -> collect(eventId, roomIds, answers));
    }

    private Uni<Map<String, Counts>> collect(String eventId, List<String> roomIds, List<Response> answers) {
        Map<String, Counts> counts = new TreeMap<>();
        List<String> vanished = new ArrayList<>();
        for (int i = 0; i < roomIds.size(); i++) {
            Response fields = answers.get(i);
            if (fields.get(0) == null) {
                vanished.add(roomIds.get(i));
            } else {
                counts.put(
                        roomIds.get(i),
                        new Counts(
                                fields.get(0).toInteger(),
                                fields.get(1).toInteger(),
                                fields.get(2).toInteger()));
            }
        }
        return vanished.isEmpty()
                ? Uni.createFrom().item(counts)
                : remove(eventId, vanished).replaceWith(counts);
    }
}
