package com.eventuall.sandbox.twilio;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One conversation with its participants and messages, in the vendor's field names. */
final class Conversation {
    /** Limits of attributes, in bytes. */
    static final int CONVERSATION_ATTRIBUTES = 16 * 1024;

    static final int ATTRIBUTES = 4 * 1024;
    private static final Set<String> STATES = Set.of("active", "inactive", "closed");

    private final JsonObject fields;
    private final Map<String, JsonObject> participants = new LinkedHashMap<>();
    private final Map<String, JsonObject> byIdentity = new HashMap<>();
    private final Map<String, JsonObject> messages = new LinkedHashMap<>();
    private int nextIndex;

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
        setAttributes(fields, form, CONVERSATION_ATTRIBUTES);
        fields.put("date_updated", now);
    }

    /** Closes it as the vendor's timer does. */
    void close(String now) {
        fields.put("state", "closed").put("date_updated", now);
    }

    /** When a timer will fire, for the answers. */
    void setTimer(String name, String at) {
        fields.getJsonObject("timers").put(name, at);
    }

    private void copy(MultiMap form, String parameter, String field) {
        String value = form.get(parameter);
        if (value != null) {
            fields.put(field, value);
        }
    }

    /**
     * Attributes are a JSON document inside a string.
     *
     * @param limit in bytes
     */
    static void setAttributes(JsonObject target, MultiMap form, int limit) {
        String attributes = form.get("Attributes");
        if (attributes == null) {
            return;
        }
        try {
            Json.decodeValue(attributes);
            if (attributes.getBytes(StandardCharsets.UTF_8).length > limit) {
                throw TwilioError.INVALID_PARAMETER.refuse("Attributes are too long");
            }
        } catch (DecodeException e) {
            throw TwilioError.INVALID_PARAMETER.refuse("Attributes");
        }
        target.put("attributes", attributes);
    }

    void addParticipant(JsonObject participant) {
        participants.put(participant.getString("sid"), participant);
        byIdentity.put(participant.getString("identity"), participant);
    }

    void removeParticipant(String sid) {
        JsonObject removed = participants.remove(sid);
        if (removed != null) {
            byIdentity.remove(removed.getString("identity"));
        }
    }

    List<JsonObject> participants() {
        return List.copyOf(participants.values());
    }

    /** By sid or identity. */
    Optional<JsonObject> participant(String sidOrIdentity) {
        JsonObject bySid = participants.get(sidOrIdentity);
        return Optional.ofNullable(bySid != null ? bySid : byIdentity.get(sidOrIdentity));
    }

    /** Numbers the message and keeps it; a message wakes an inactive conversation. */
    void addMessage(JsonObject message) {
        messages.put(message.getString("sid"), message.put("index", nextIndex++));
        if ("inactive".equals(fields.getString("state"))) {
            fields.put("state", "active");
        }
    }

    void removeMessage(String sid) {
        messages.remove(sid);
    }

    /** In the order of their index. */
    List<JsonObject> messages() {
        return List.copyOf(messages.values());
    }

    Optional<JsonObject> message(String sid) {
        return Optional.ofNullable(messages.get(sid));
    }

    JsonObject toJson() {
        return fields.copy();
    }

    JsonObject stateToJson() {
        JsonArray all = new JsonArray();
        participants.values().forEach(one -> all.add(one.copy()));
        JsonArray said = new JsonArray();
        messages.values().forEach(one -> said.add(one.copy()));
        return toJson().put("participants", all).put("messages", said);
    }
}
