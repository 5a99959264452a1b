package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Sids;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of all conversations. */
final class Messages {
    private static final int BODY_LIMIT = 32 * 1024;

    private final TwilioKeys keys;
    private final Clock clock;
    private final Sids sids;
    private final Changes changes;
    private final ActionRates rates;

    Messages(TwilioKeys keys, Clock clock, Sids sids, Changes changes, ActionRates rates) {
        this.keys = keys;
        this.clock = clock;
        this.sids = sids;
        this.changes = changes;
        this.rates = rates;
    }

    JsonObject get(Conversation conversation, String sid) {
        return conversation.message(sid).orElseThrow(TwilioError.NOT_FOUND::refuse);
    }

    JsonObject add(Conversation conversation, MultiMap form, Origin origin) {
        if (conversation.isClosed()) {
            throw TwilioError.CONVERSATION_CLOSED.refuse();
        }
        rates.act(conversation.sid());
        String sid = sids.hex("IM");
        String url = conversation.toJson().getString("url") + "/Messages/" + sid;
        String author = form.contains("Author") ? form.get("Author") : "system";
        JsonObject message = new JsonObject()
                .put("sid", sid)
                .put("account_sid", keys.accountSid())
                .put("chat_service_sid", keys.serviceSid())
                .put("conversation_sid", conversation.sid())
                .put("author", author)
                .put(
                        "participant_sid",
                        conversation
                                .participant(author)
                                .map(one -> one.getString("sid"))
                                .orElse(null))
                .put("body", null)
                .put("media", null)
                .put("attributes", "{}")
                .put("delivery", null)
                .put("content_sid", null)
                .put("date_created", now())
                .put("date_updated", now())
                .put("url", url)
                .put(
                        "links",
                        new JsonObject()
                                .put("delivery_receipts", url + "/Receipts")
                                .put("channel_metadata", url + "/ChannelMetadata"));
        set(message, form);
        conversation.addMessage(message);
        tell("onMessageAdded", message, origin);
        return message.copy();
    }

    JsonObject update(Conversation conversation, String sid, MultiMap form, Origin origin) {
        JsonObject message = get(conversation, sid);
        rates.act(conversation.sid());
        JsonObject changed = message.copy();
        set(changed, form);
        message.mergeIn(changed.put("date_updated", now()));
        tell("onMessageUpdated", message, origin);
        return message.copy();
    }

    void remove(Conversation conversation, String sid, Origin origin) {
        JsonObject message = get(conversation, sid);
        rates.act(conversation.sid());
        conversation.removeMessage(sid);
        tell("onMessageRemoved", message, origin);
    }

    private static void set(JsonObject message, MultiMap form) {
        String body = form.get("Body");
        if (body != null) {
            if (body.getBytes(StandardCharsets.UTF_8).length > BODY_LIMIT) {
                throw TwilioError.INVALID_PARAMETER.refuse("Body is too long");
            }
            message.put("body", body);
        }
        if (form.contains("Author")) {
            message.put("author", form.get("Author"));
        }
        Conversation.setAttributes(message, form, Conversation.ATTRIBUTES);
    }

    private void tell(String type, JsonObject message, Origin origin) {
        Map<String, String> fields = new HashMap<>();
        fields.put("MessageSid", message.getString("sid"));
        fields.put("Index", String.valueOf(message.getInteger("index")));
        fields.put("Author", message.getString("author"));
        fields.put("Body", message.getString("body", ""));
        fields.put("Attributes", message.getString("attributes"));
        fields.put("ParticipantSid", message.getString("participant_sid", ""));
        fields.put("DateCreated", message.getString("date_created"));
        changes.tell(new Change(
                type,
                message.getString("conversation_sid"),
                message.copy(),
                fields,
                origin.source(),
                origin.webhook()));
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** In the order that a list call asks for. */
    static List<JsonObject> ordered(Conversation conversation, boolean newestFirst) {
        List<JsonObject> all = new ArrayList<>(conversation.messages());
        if (newestFirst) {
            Collections.reverse(all);
        }
        return all;
    }
}
