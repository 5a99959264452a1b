package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Sids;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The roles of the service. A new service has four. */
final class Roles {
    private static final Set<String> TYPES = Set.of("conversation", "service");

    private final TwilioKeys keys;
    private final Clock clock;
    private final Sids sids;
    private final Map<String, JsonObject> bySid = new LinkedHashMap<>();

    Roles(TwilioKeys keys, Clock clock, Sids sids) {
        this.keys = keys;
        this.clock = clock;
        this.sids = sids;
        add("service admin", "service", List.of("createConversation", "editAnyConversationAttributes"));
        add("service user", "service", List.of("joinConversation"));
        add(
                "channel admin",
                "conversation",
                List.of("sendMessage", "deleteAnyMessage", "editAnyMessage", "addParticipant", "removeParticipant"));
        add(
                "channel user",
                "conversation",
                List.of("sendMessage", "leaveConversation", "editOwnMessage", "deleteOwnMessage"));
    }

    String url() {
        return "https://conversations.twilio.com/v1/Services/" + keys.serviceSid() + "/Roles";
    }

    List<JsonObject> all() {
        return List.copyOf(bySid.values());
    }

    JsonObject get(String sid) {
        JsonObject role = bySid.get(sid);
        if (role == null) {
            throw TwilioError.NOT_FOUND.refuse();
        }
        return role.copy();
    }

    JsonObject create(MultiMap form) {
        String name = form.get("FriendlyName");
        String type = form.get("Type");
        if (name == null
                || type == null
                || !TYPES.contains(type)
                || form.getAll("Permission").isEmpty()) {
            throw TwilioError.INVALID_PARAMETER.refuse("FriendlyName, Type and Permission");
        }
        return add(name, type, form.getAll("Permission"));
    }

    /** The role that participants get when the call names none. */
    String usual() {
        return bySid.values().stream()
                .filter(role -> "channel user".equals(role.getString("friendly_name")))
                .map(role -> role.getString("sid"))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject add(String name, String type, List<String> permissions) {
        String sid = sids.hex("RL");
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        JsonObject role = new JsonObject()
                .put("sid", sid)
                .put("account_sid", keys.accountSid())
                .put("chat_service_sid", keys.serviceSid())
                .put("friendly_name", name)
                .put("type", type)
                .put("permissions", new JsonArray(permissions))
                .put("date_created", now)
                .put("date_updated", now)
                .put("url", url() + "/" + sid);
        bySid.put(sid, role);
        return role.copy();
    }
}
