package com.eventuall.presence.redis;

import com.eventuall.contracts.Role;
import com.eventuall.presence.Counts;
import com.eventuall.presence.Facts;
import com.eventuall.presence.Participant;
import com.eventuall.presence.Pin;
import com.eventuall.presence.QueueLists;
import com.eventuall.presence.Recording;
import com.eventuall.presence.RoomDelta;
import com.eventuall.presence.Status;
import com.eventuall.presence.Stay;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stored forms of a room's parts, which are also the forms in which changes travel between nodes. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** A change as {@code presence-apply.lua} makes it. */
    static RoomDelta delta(String change) {
        JsonNode root = read(change);
        JsonNode chat = root.get("chat");
        JsonNode counts = root.get("counts");
        return new RoomDelta(
                map(root.get("people"), Json::participant),
                map(root.get("stage"), Json::stay),
                map(root.get("pins"), Json::pin),
                new Facts(
                        root.has("recording") ? recording(root.get("recording")) : null,
                        root.has("queue") ? queue(root.get("queue")) : null,
                        chat == null ? null : chat.get("conversationSid").asText()),
                counts == null
                        ? null
                        : new Counts(
                                counts.get("online").asInt(),
                                counts.get("away").asInt(),
                                counts.get("offline").asInt()),
                sequences(root.get("seqs")));
    }

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store holds what is not ours", e);
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Plain maps can be written", e);
        }
    }

    static Participant participant(JsonNode row) {
        return new Participant(
                row.get("name").asText(),
                Role.valueOf(row.get("role").asText().toUpperCase(Locale.ROOT)),
                Status.of(row.get("status").asText()),
                row.get("since").asLong());
    }

    /** The script takes rows apart by their form: keep it, see {@code parse} there. */
    static String row(Participant person) {
        return "{\"name\":" + write(person.name()) + ",\"role\":\""
                + person.role().wireName() + "\",\"status\":\""
                + person.status().wireName() + "\",\"since\":" + person.since() + "}";
    }

    static Stay stay(JsonNode json) {
        return new Stay(json.get("stayId").asText(), json.get("enteredAt").asLong());
    }

    static String stay(Stay stay) {
        return "{\"stayId\":" + write(stay.stayId()) + ",\"enteredAt\":" + stay.enteredAt() + "}";
    }

    static Pin pin(JsonNode json) {
        return new Pin(
                json.get("userId").asText(),
                json.get("by").asText(),
                json.get("at").asLong());
    }

    /** The script looks into pins by their form: keep it. */
    static String pin(Pin pin) {
        return "{\"userId\":\"" + pin.userId() + "\",\"by\":\"" + pin.by() + "\",\"at\":" + pin.at() + "}";
    }

    static QueueLists queue(JsonNode json) {
        return new QueueLists(json.get("revision").asLong(), texts(json.get("pending")), texts(json.get("live")));
    }

    static String queue(QueueLists queue) {
        return "{\"revision\":" + queue.revision() + ",\"pending\":" + write(queue.pending()) + ",\"live\":"
                + write(queue.live()) + "}";
    }

    static Recording recording(JsonNode json) {
        JsonNode startedAt = json.get("startedAt");
        return new Recording(
                json.get("id").asText(),
                json.get("status").asText(),
                startedAt == null || startedAt.isNull() ? null : startedAt.asLong(),
                text(json.get("playbackUrl")),
                text(json.get("reason")));
    }

    static String recording(Recording recording) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("id", recording.id());
        json.put("status", recording.status());
        json.put("startedAt", recording.startedAt());
        json.put("playbackUrl", recording.playbackUrl());
        json.put("reason", recording.reason());
        return write(json);
    }

    static String chat(String conversationSid) {
        return "{\"conversationSid\":" + write(conversationSid) + "}";
    }

    private static <V> Map<String, @Nullable V> map(@Nullable JsonNode json, Function<JsonNode, V> value) {
        Map<String, @Nullable V> map = new HashMap<>();
        if (json != null) {
            json.properties()
                    .forEach(entry ->
                            map.put(entry.getKey(), entry.getValue().isNull() ? null : value.apply(entry.getValue())));
        }
        return map;
    }

    private static Map<String, Long> sequences(@Nullable JsonNode json) {
        Map<String, Long> map = new HashMap<>();
        if (json != null) {
            json.properties()
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue().asLong()));
        }
        return map;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null || json.isNull() ? null : json.asText();
    }
}
