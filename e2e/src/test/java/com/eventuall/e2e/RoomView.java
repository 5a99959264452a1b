package com.eventuall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The room as a client knows it after all it was sent; strict about versions, as the protocol promises. */
public record RoomView(String epoch, long version, ObjectNode state) {

    /** Replays what a client has heard. */
    public static RoomView of(List<JsonNode> messages) {
        RoomView view = new RoomView("", -1, Stack.JSON.createObjectNode());
        for (JsonNode message : messages) {
            switch (message.path("type").asText()) {
                case "snapshot" ->
                    view = new RoomView(
                            message.get("epoch").asText(),
                            message.get("version").asLong(),
                            message.get("state").deepCopy());
                case "patch" -> view = view.patched(message);
                default -> {}
            }
        }
        return view;
    }

    private RoomView patched(JsonNode patch) {
        if (patch.get("from").asLong() != version) {
            throw new AssertionError("Patch from " + patch.get("from") + " after version " + version);
        }
        ObjectNode next = state.deepCopy();
        merge(next, patch.get("state"));
        return new RoomView(epoch, patch.get("version").asLong(), next);
    }

    /** RFC 7396. */
    private static void merge(ObjectNode target, JsonNode patch) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = patch.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                JsonNode present = target.get(field.getKey());
                ObjectNode inner = present instanceof ObjectNode object ? object : target.putObject(field.getKey());
                merge(inner, field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
    }

    /** The status of a person; empty if the room does not know that person. */
    public String status(String userId) {
        return state.path("participants").path(userId).path("status").asText();
    }
}
