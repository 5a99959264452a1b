package com.eventuall.sandbox.twilio;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One conversation and its participants, in the vendor's field names. */
final class Conversation {
    private static final Set<String> STATES = Set.of("active", "inactive", "closed");

    private final JsonObject fields;
    private final Map<String, JsonObject> participants = new LinkedHashMap<>();

    Conversation(JsonObject fields) {
        this.fields = fields;
    }

    String sid() {
        return fields.getString("sid");
    }

    @Nullable
    String uniqueName() {
        return fields.getString("unique_name");
    }

    boolean isClosed() {
        return "closed".equals(fields.getString("state"));
    }

    /** Sets what the form has; the unique name must have been checked. */
    void update(MultiMap form, String now) {
        copy(form, "UniqueName", "unique_name");
        copy(form, "FriendlyName", "friendly_name");
        String state = form.get("State");
        if (state != null) {
            if (!STATES.contains(state) || (isClosed() && !state.equals("closed"))) {
                throw TwilioError.INVALID_PARAMETER.refuse("State");
            }
            fields.put("state", state);
        }
        setAttributes(fields, form);
        fields.put("date_updated", now);
    }

    private void copy(MultiMap form, String parameter, String field) {
        String value = form.get(parameter);
        if (value != null) {
            fields.put(field, value);
        }
    }

    /** Attributes are a JSON document inside a string. */
    static void setAttributes(JsonObject target, MultiMap form) {
        String attributes = form.get("Attributes");
        if (attributes == null) {
            return;
        }
        try {
            Json.decodeValue(attributes);
        } catch (DecodeException e) {
            throw TwilioError.INVALID_PARAMETER.refuse("Attributes");
        }
        target.put("attributes", attributes);
    }

    void addParticipant(JsonObject participant) {
        participants.put(participant.getString("sid"), participant);
    }

    void removeParticipant(String sid) {
        participants.remove(sid);
    }

    List<JsonObject> participants() {
        return List.copyOf(participants.values());
    }

    /** By sid or identity. */
    Optional<JsonObject> participant(String sidOrIdentity) {
        return participants.values().stream()
                .filter(one ->
                        sidOrIdentity.equals(one.getString("sid")) || sidOrIdentity.equals(one.getString("identity")))
                .findFirst();
    }

    JsonObject toJson() {
        return fields.copy();
    }

    JsonObject stateToJson() {
        JsonArray all = new JsonArray();
        participants.values().forEach(one -> all.add(one.copy()));
        return toJson().put("participants", all).put("messages", new JsonArray());
    }
}
