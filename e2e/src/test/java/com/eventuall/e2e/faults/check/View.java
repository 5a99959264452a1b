package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The room as one client has it from snapshots and patches. */
final class View {
    private ObjectNode state = JsonNodeFactory.instance.objectNode();
    private String epoch = "";
    private long version = -1;

    /** Takes a {@code snapshot} or {@code patch}; other facts leave it as it is. */
    void take(Fact fact) {
        JsonNode message = fact.data();
        if (fact.kind().equals("snapshot")) {
            state = message.get("state").deepCopy();
            epoch = message.get("epoch").asText();
            version = message.get("version").asLong();
        } else if (fact.kind().equals("patch")) {
            merge(state, message.get("state"));
            version = message.get("version").asLong();
        }
    }

    String epoch() {
        return epoch;
    }

    long version() {
        return version;
    }

    /** RFC 7396. */
    private static void merge(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value.isObject()) {
                JsonNode present = target.get(field.getKey());
                merge(present instanceof ObjectNode object ? object : target.putObject(field.getKey()), value);
            } else {
                target.set(field.getKey(), value);
            }
        }
    }

    boolean isPresent(String userId) {
        String status = state.path("participants").path(userId).path("status").asText();
        return status.equals("online") || status.equals("away");
    }

    Set<String> present() {
        Set<String> present = new TreeSet<>();
        state.path("participants").fieldNames().forEachRemaining(userId -> {
            if (isPresent(userId)) {
                present.add(userId);
            }
        });
        return present;
    }

    List<String> list(String name) {
        List<String> list = new ArrayList<>();
        state.path("queue").path(name).forEach(userId -> list.add(userId.asText()));
        return list;
    }

    /** User id to stay id of those on stage. */
    Map<String, String> stage() {
        Map<String, String> stage = new TreeMap<>();
        state.path("stage")
                .properties()
                .forEach(stay ->
                        stage.put(stay.getKey(), stay.getValue().path("stayId").asText()));
        return stage;
    }

    /** Where the queue has a person: {@code pending}, {@code live} or {@code none}. */
    String place(String userId) {
        return list("live").contains(userId) ? "live" : list("pending").contains(userId) ? "pending" : "none";
    }

    /** The state with its fields in a fixed order, so that equal states are equal texts. */
    String canonical() {
        return sorted(state).toString();
    }

    private static JsonNode sorted(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        ObjectNode sorted = JsonNodeFactory.instance.objectNode();
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> sorted.set(name, sorted(node.get(name))));
        return sorted;
    }
}
