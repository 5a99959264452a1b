package com.eventuall.presence.redis;

import com.eventuall.presence.Counts;
import com.eventuall.presence.Facts;
import com.eventuall.presence.Head;
import com.eventuall.presence.Participant;
import com.eventuall.presence.RoomDelta;
import com.eventuall.presence.RoomState;
import com.eventuall.presence.Step;
import com.eventuall.presence.StoredRoom;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@code presence-open.lua} answers, and entries of the log. */
final class StoredRooms {
    private static final int PEOPLE = 6;

    private StoredRooms() {}

    /** Whether the answer has all people; if not, it has none. */
    static boolean isWhole(Response answer) {
        return answer.size() == 0 || answer.get(PEOPLE) != null;
    }

    static StoredRoom read(Response answer) {
        if (answer.size() == 0) {
            return new StoredRoom(Head.NONE, new RoomState(), List.of());
        }
        Head head = new Head(text(answer, 0), answer.get(1).toLong(), text(answer, 2));
        Counts counts = new Counts(
                answer.get(3).toInteger(),
                answer.get(4).toInteger(),
                answer.get(5).toInteger());
        Map<String, @Nullable Participant> people = isWhole(answer) ? people(answer.get(PEOPLE)) : Map.of();
        Map<String, Long> sequences = new HashMap<>();
        Response stored = answer.get(10);
        for (int i = 0; i + 1 < stored.size(); i += 2) {
            sequences.put(stored.get(i).toString(), stored.get(i + 1).toLong());
        }
        RoomState state = new RoomState();
        state.merge(new RoomDelta(
                people,
                map(answer.get(7), Json::stay),
                map(answer.get(8), Json::pin),
                facts(answer.get(9)),
                counts,
                sequences));
        List<Step> recent = new ArrayList<>(steps(answer.get(11), head.epoch()));
        Collections.reverse(recent);
        return new StoredRoom(head, state, recent);
    }

    /** People as Redis lists them, id and row by turns. */
    static Map<String, @Nullable Participant> people(Response stored) {
        return map(stored, Json::participant);
    }

    /** Entries of a log, in their order. */
    static List<Step> steps(Response log, String epoch) {
        List<Step> steps = new ArrayList<>();
        for (Response entry : log) {
            String id = entry.get(0).toString();
            Response fields = entry.get(1);
            Head head = new Head(epoch, Long.parseLong(id.substring(0, id.indexOf('-'))), text(fields, 3));
            steps.add(new Step(text(fields, 1), head, Json.delta(text(fields, 5))));
        }
        return steps;
    }

    private static Facts facts(Response stored) {
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i + 1 < stored.size(); i += 2) {
            facts.put(stored.get(i).toString(), stored.get(i + 1).toString());
        }
        String recording = facts.get("recording");
        String queue = facts.get("queue");
        String chat = facts.get("chat");
        return new Facts(
                recording == null ? null : Json.recording(Json.read(recording)),
                queue == null ? null : Json.queue(Json.read(queue)),
                chat == null ? null : Json.read(chat).get("conversationSid").asText());
    }

    private static <V> Map<String, @Nullable V> map(Response stored, Function<JsonNode, V> value) {
        Map<String, @Nullable V> map = new HashMap<>();
        for (int i = 0; i + 1 < stored.size(); i += 2) {
            map.put(
                    stored.get(i).toString(),
                    value.apply(Json.read(stored.get(i + 1).toString())));
        }
        return map;
    }

    private static String text(Response list, int index) {
        return RedisRoomStore.text(list, index);
    }
}
