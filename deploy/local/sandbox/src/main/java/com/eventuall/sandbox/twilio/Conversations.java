package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Sids;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conversations of one service. Belongs to the server's event loop. */
final class Conversations {
    private static final Pattern SID = Pattern.compile("CH[0-9a-fA-F]{32}");
    /** Of names and identities, in characters. */
    private static final int TEXT_LIMIT = 256;

    private static final int PARTICIPANTS_PER_CONVERSATION = 1000;
    private static final int CONVERSATIONS_PER_IDENTITY = 1000;
    private static final String HOST = "https://conversations.twilio.com";

    private final TwilioKeys keys;
    private final Clock clock;
    private final Sids sids;
    private final Roles roles;
    private final Changes changes;
    private final ActionRates rates;
    private final Map<String, Conversation> bySid = new LinkedHashMap<>();

    Conversations(TwilioKeys keys, Clock clock, Sids sids, Roles roles, Changes changes, ActionRates rates) {
        this.keys = keys;
        this.clock = clock;
        this.sids = sids;
        this.roles = roles;
        this.changes = changes;
        this.rates = rates;
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

    Optional<Conversation> find(String sidOrUniqueName) {
        Conversation bySidFound = bySid.get(sidOrUniqueName);
        return bySidFound != null
                ? Optional.of(bySidFound)
                : bySid.values().stream()
                        .filter(one -> sidOrUniqueName.equals(one.uniqueName()))
                        .findFirst();
    }

    Conversation create(MultiMap form, Origin origin) {
        checkUniqueName(form.get("UniqueName"), null);
        checkLength("FriendlyName", form.get("FriendlyName"));
        rates.act(keys.serviceSid());
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
        tell("onConversationAdded", conversation, Map.of(), origin);
        return conversation;
    }

    private static JsonObject links(String base, String... names) {
        JsonObject links = new JsonObject();
        for (String name : names) {
            links.put(name, base + "/" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        }
        return links;
    }

    Conversation update(String sidOrUniqueName, MultiMap form, Origin origin) {
        Conversation conversation = get(sidOrUniqueName);
        checkUniqueName(form.get("UniqueName"), conversation);
        checkLength("FriendlyName", form.get("FriendlyName"));
        rates.act(conversation.sid());
        String before = conversation.toJson().getString("state");
        conversation.update(form, now());
        tell("onConversationUpdated", conversation, Map.of(), origin);
        tellOfState(conversation, before, origin);
        return conversation;
    }

    /** What the vendor's timer does, unless the conversation is closed or gone. */
    void closeByTimer(String sid) {
        find(sid).filter(conversation -> !conversation.isClosed()).ifPresent(conversation -> {
            String before = conversation.toJson().getString("state");
            conversation.close(now());
            tellOfState(conversation, before, Origin.TIMER);
        });
    }

    private void tellOfState(Conversation conversation, String before, Origin origin) {
        String state = conversation.toJson().getString("state");
        if (!state.equals(before)) {
            tell(
                    "onConversationStateUpdated",
                    conversation,
                    Map.of("StateFrom", before, "StateTo", state, "Reason", origin == Origin.TIMER ? "TIMER" : "API"),
                    origin);
        }
    }

    private void tell(String type, Conversation conversation, Map<String, String> more, Origin origin) {
        JsonObject resource = conversation.toJson();
        Map<String, String> fields = new HashMap<>(more);
        fields.put("Attributes", resource.getString("attributes"));
        fields.put("State", resource.getString("state"));
        fields.put("DateCreated", resource.getString("date_created"));
        Optional.ofNullable(resource.getString("unique_name")).ifPresent(name -> fields.put("UniqueName", name));
        Optional.ofNullable(resource.getString("friendly_name")).ifPresent(name -> fields.put("FriendlyName", name));
        changes.tell(new Change(type, conversation.sid(), resource, fields, origin.source(), origin.webhook()));
    }

    private static void checkLength(String parameter, @Nullable String value) {
        if (value != null && value.length() > TEXT_LIMIT) {
            throw TwilioError.INVALID_PARAMETER.refuse(parameter + " is too long");
        }
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
    void delete(String sidOrUniqueName, Origin origin) {
        Conversation conversation = get(sidOrUniqueName);
        rates.act(keys.serviceSid());
        bySid.remove(conversation.sid());
        tell("onConversationRemoved", conversation, Map.of(), origin);
    }

    JsonObject addParticipant(Conversation conversation, MultiMap form, Origin origin) {
        String identity = form.get("Identity");
        if (identity == null || identity.isEmpty()) {
            throw TwilioError.INVALID_PARAMETER.refuse("Identity");
        }
        checkLength("Identity", identity);
        if (conversation.participant(identity).isPresent()) {
            throw TwilioError.PARTICIPANT_EXISTS.refuse();
        }
        if (conversation.participants().size() >= PARTICIPANTS_PER_CONVERSATION) {
            throw TwilioError.CONVERSATION_FULL.refuse();
        }
        if (conversationsOf(identity) >= CONVERSATIONS_PER_IDENTITY) {
            throw TwilioError.IDENTITY_FULL.refuse();
        }
        String roleSid = form.contains("RoleSid") ? form.get("RoleSid") : roles.usual();
        roles.get(roleSid);
        rates.act(conversation.sid());
        String sid = sids.hex("MB");
        JsonObject participant = new JsonObject()
                .put("sid", sid)
                .put("account_sid", keys.accountSid())
                .put("chat_service_sid", keys.serviceSid())
                .put("conversation_sid", conversation.sid())
                .put("identity", identity)
                .put("role_sid", roleSid)
                .put("attributes", "{}")
                .put("messaging_binding", null)
                .put("last_read_message_index", null)
                .put("last_read_timestamp", null)
                .put("date_created", now())
                .put("date_updated", now())
                .put("url", url() + "/" + conversation.sid() + "/Participants/" + sid);
        Conversation.setAttributes(participant, form, Conversation.ATTRIBUTES);
        conversation.addParticipant(participant);
        tell("onParticipantAdded", participant, origin);
        return participant.copy();
    }

    JsonObject updateParticipant(Conversation conversation, JsonObject participant, MultiMap form, Origin origin) {
        if (form.contains("RoleSid")) {
            roles.get(form.get("RoleSid"));
        }
        rates.act(conversation.sid());
        Conversation.setAttributes(participant, form, Conversation.ATTRIBUTES);
        if (form.contains("RoleSid")) {
            participant.put("role_sid", form.get("RoleSid"));
        }
        participant.put("date_updated", now());
        tell("onParticipantUpdated", participant, origin);
        return participant.copy();
    }

    void removeParticipant(Conversation conversation, JsonObject participant, Origin origin) {
        rates.act(conversation.sid());
        conversation.removeParticipant(participant.getString("sid"));
        tell("onParticipantRemoved", participant, origin);
    }

    private void tell(String type, JsonObject participant, Origin origin) {
        Map<String, String> fields = Map.of(
                "ParticipantSid", participant.getString("sid"),
                "Identity", participant.getString("identity"),
                "RoleSid", participant.getString("role_sid"),
                "Attributes", participant.getString("attributes"),
                "DateCreated", participant.getString("date_created"));
        changes.tell(new Change(
                type,
                participant.getString("conversation_sid"),
                participant.copy(),
                fields,
                origin.source(),
                origin.webhook()));
    }

    /** Closed ones do not count. */
    private long conversationsOf(String identity) {
        return bySid.values().stream()
                .filter(conversation -> !conversation.isClosed()
                        && conversation.participant(identity).isPresent())
                .count();
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
