package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Sids;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conversations of one service. Belongs to the server's event loop. */
final class Conversations {
    private static final Pattern SID = Pattern.compile("CH[0-9a-fA-F]{32}");
    private static final String HOST = "https://conversations.twilio.com";

    private final TwilioKeys keys;
    private final Clock clock;
    private final Sids sids;
    private final Map<String, Conversation> bySid = new LinkedHashMap<>();

    Conversations(TwilioKeys keys, Clock clock, Sids sids) {
        this.keys = keys;
        this.clock = clock;
        this.sids = sids;
    }

    /** The URL that the vendor itself would give this list. */
    String url() {
        return HOST + "/v1/Services/" + keys.serviceSid() + "/Conversations";
    }

    Collection<Conversation> all() {
        return List.copyOf(bySid.values());
    }

    void clear() {
        bySid.clear();
    }

    /** By sid or unique name. */
    Conversation get(String sidOrUniqueName) {
        return find(sidOrUniqueName).orElseThrow(TwilioError.NOT_FOUND::refuse);
    }

    private Optional<Conversation> find(String sidOrUniqueName) {
        Conversation bySidFound = bySid.get(sidOrUniqueName);
        return bySidFound != null
                ? Optional.of(bySidFound)
                : bySid.values().stream()
                        .filter(one -> sidOrUniqueName.equals(one.uniqueName()))
                        .findFirst();
    }

    Conversation create(MultiMap form) {
        checkUniqueName(form.get("UniqueName"), null);
        String sid = sids.hex("CH");
        JsonObject fields = new JsonObject()
                .put("sid", sid)
                .put("account_sid", keys.accountSid())
                .put("chat_service_sid", keys.serviceSid())
                .put("messaging_service_sid", "MG" + keys.serviceSid().substring(2))
                .put("friendly_name", null)
                .put("unique_name", null)
                .put("attributes", "{}")
                .put("state", "active")
                .put("date_created", now())
                .put("date_updated", now())
                .put("timers", new JsonObject())
                .put("bindings", new JsonObject())
                .put("url", url() + "/" + sid)
                .put("links", links(url() + "/" + sid, "participants", "messages", "webhooks", "export"));
        Conversation conversation = new Conversation(fields);
        conversation.update(form, now());
        bySid.put(sid, conversation);
        return conversation;
    }

    private static JsonObject links(String base, String... names) {
        JsonObject links = new JsonObject();
        for (String name : names) {
            links.put(name, base + "/" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        }
        return links;
    }

    Conversation update(String sidOrUniqueName, MultiMap form) {
        Conversation conversation = get(sidOrUniqueName);
        checkUniqueName(form.get("UniqueName"), conversation);
        conversation.update(form, now());
        return conversation;
    }

    private void checkUniqueName(@Nullable String name, @Nullable Conversation own) {
        if (name == null) {
            return;
        }
        if (SID.matcher(name).matches()) {
            throw TwilioError.UNIQUE_NAME_LIKE_SID.refuse();
        }
        if (find(name).filter(found -> found != own).isPresent()) {
            throw TwilioError.UNIQUE_NAME_TAKEN.refuse();
        }
    }

    /** Frees the unique name as well. */
    void delete(String sidOrUniqueName) {
        bySid.remove(get(sidOrUniqueName).sid());
    }

    JsonObject addParticipant(Conversation conversation, MultiMap form) {
        String identity = form.get("Identity");
        if (identity == null || identity.isEmpty()) {
            throw TwilioError.INVALID_PARAMETER.refuse("Identity");
        }
        if (conversation.participant(identity).isPresent()) {
            throw TwilioError.PARTICIPANT_EXISTS.refuse();
        }
        String sid = sids.hex("MB");
        JsonObject participant = new JsonObject()
                .put("sid", sid)
                .put("account_sid", keys.accountSid())
                .put("chat_service_sid", keys.serviceSid())
                .put("conversation_sid", conversation.sid())
                .put("identity", identity)
                .put("role_sid", form.get("RoleSid"))
                .put("attributes", "{}")
                .put("messaging_binding", null)
                .put("last_read_message_index", null)
                .put("last_read_timestamp", null)
                .put("date_created", now())
                .put("date_updated", now())
                .put("url", url() + "/" + conversation.sid() + "/Participants/" + sid);
        Conversation.setAttributes(participant, form);
        conversation.addParticipant(participant);
        return participant;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
