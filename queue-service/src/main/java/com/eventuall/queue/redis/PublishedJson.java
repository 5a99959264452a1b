package com.eventuall.queue.redis;

import com.eventuall.queue.Published;
import com.eventuall.queue.Stay;
import com.eventuall.queue.Waiting;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What was announced, as JSON. Two values only the script knows; unique texts stand in for them. */
final class PublishedJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedJson() {}

    /** @param now stands for the moment of the announcement */
    static String lists(List<Waiting> pending, List<Stay> live, String now) {
        ObjectNode lists = JSON.createObjectNode();
        ArrayNode waiting = lists.putArray("pending");
        pending.forEach(request -> waiting.addPOJO(request));
        ArrayNode stays = lists.putArray("live");
        for (Stay stay : live) {
            ObjectNode node = JSON.valueToTree(stay);
            stays.add(putTime(node, "enteredAt", stay.enteredAt(), now));
        }
        return write(lists);
    }

    /** The value of the live hash. */
    static String live(Stay stay, String now) {
        ObjectNode node = JSON.createObjectNode().put("stayId", stay.stayId());
        return write(putTime(node, "enteredAt", stay.enteredAt(), now));
    }

    static ObjectNode putTime(ObjectNode node, String field, long time, String now) {
        return time == Stay.NOW ? node.put(field, now) : node.put(field, time);
    }

    static Published read(long revision, long position, String lists) {
        if (lists.isEmpty()) {
            return new Published(revision, position, List.of(), List.of());
        }
        try {
            JsonNode node = JSON.readTree(lists);
            List<Waiting> pending = new ArrayList<>();
            for (JsonNode request : node.path("pending")) {
                pending.add(JSON.treeToValue(request, Waiting.class));
            }
            List<Stay> live = new ArrayList<>();
            for (JsonNode stay : node.path("live")) {
                live.add(JSON.treeToValue(stay, Stay.class));
            }
            return new Published(revision, position, pending, live);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored lists cannot be read", e);
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Lists cannot be written", e);
        }
    }

    static ObjectNode tree(Object value) {
        return JSON.valueToTree(value);
    }
}
