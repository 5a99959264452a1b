package com.eventuall.queue.ws;

import com.eventuall.queue.AwarenessStamp;
import com.eventuall.queue.Subscriber;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Puts {@code user: {userId, name, role}} into a state; whatever else the browser says there stays. */
public final class JsonAwarenessStamp implements AwarenessStamp {

    private final ObjectMapper json;

    public JsonAwarenessStamp(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public @Nullable String stamp(String state, Subscriber subscriber) {
        try {
            JsonNode parsed = json.readTree(state);
            if (!(parsed instanceof ObjectNode object)) {
                return null;
            }
            ObjectNode user = object.path("user") instanceof ObjectNode given ? given : object.putObject("user");
            user.put("userId", subscriber.userId());
            user.put("name", subscriber.name());
            user.put("role", subscriber.role());
            return json.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
