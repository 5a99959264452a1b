package com.eventuall.sandbox.twilio;

import static com.eventuall.sandbox.twilio.Operations.created;
import static com.eventuall.sandbox.twilio.Operations.ok;

import com.eventuall.sandbox.Reply;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Conversations and their participants. */
final class ConversationRoutes {
    private static final String ALL = "/Conversations";
    private static final String ONE = ALL + "/:conversation";
    private static final String PARTICIPANTS = ONE + "/Participants";
    private static final String PARTICIPANT = PARTICIPANTS + "/:participant";

    private final Conversations conversations;
    private final Timers timers;

    ConversationRoutes(Conversations conversations, Timers timers) {
        this.conversations = conversations;
        this.timers = timers;
    }

    void mount(Operations api) {
        api.post(ALL, "createConversation", this::create);
        api.get(ALL, "listConversations", this::list);
        api.get(ONE, "fetchConversation", call -> ok(conversation(call).toJson()));
        api.post(ONE, "updateConversation", this::update);
        api.delete(ONE, "deleteConversation", call -> {
            conversations.delete(call.pathParam("conversation"), Origin.of(call.request()));
            return Reply.noContent();
        });
        api.post(
                PARTICIPANTS,
                "createParticipant",
                call -> created(conversations.addParticipant(
                        conversation(call), call.request().formAttributes(), Origin.of(call.request()))));
        api.get(PARTICIPANTS, "listParticipants", this::listParticipants);
        api.get(PARTICIPANT, "fetchParticipant", call -> ok(participant(call).copy()));
        api.post(
                PARTICIPANT,
                "updateParticipant",
                call -> ok(conversations.updateParticipant(
                        conversation(call),
                        participant(call),
                        call.request().formAttributes(),
                        Origin.of(call.request()))));
        api.delete(PARTICIPANT, "deleteParticipant", call -> {
            conversations.removeParticipant(conversation(call), participant(call), Origin.of(call.request()));
            return Reply.noContent();
        });
    }

    private Reply create(RoutingContext call) {
        MultiMap form = call.request().formAttributes();
        Timers.check(form);
        Conversation conversation = conversations.create(form, Origin.of(call.request()));
        timers.apply(conversation, form);
        return created(conversation.toJson());
    }

    private Reply update(RoutingContext call) {
        MultiMap form = call.request().formAttributes();
        Timers.check(form);
        Conversation conversation =
                conversations.update(call.pathParam("conversation"), form, Origin.of(call.request()));
        timers.apply(conversation, form);
        return ok(conversation.toJson());
    }

    private Reply list(RoutingContext call) {
        List<JsonObject> all =
                conversations.all().stream().map(Conversation::toJson).toList();
        return ok(Page.of(call.request()).cut("conversations", conversations.url(), all));
    }

    private Reply listParticipants(RoutingContext call) {
        Conversation conversation = conversation(call);
        String url = conversations.url() + "/" + conversation.sid() + "/Participants";
        return ok(Page.of(call.request()).cut("participants", url, conversation.participants()));
    }

    private Conversation conversation(RoutingContext call) {
        return conversations.get(call.pathParam("conversation"));
    }

    private JsonObject participant(RoutingContext call) {
        return conversation(call)
                .participant(call.pathParam("participant"))
                .orElseThrow(TwilioError.PARTICIPANT_NOT_FOUND::refuse);
    }
}
