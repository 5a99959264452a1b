package com.eventuall.sandbox.twilio;

import static com.eventuall.sandbox.twilio.Operations.created;
import static com.eventuall.sandbox.twilio.Operations.ok;

import com.eventuall.sandbox.Reply;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Messages of a conversation. */
final class MessageRoutes {
    private static final String ALL = "/Conversations/:conversation/Messages";
    private static final String ONE = ALL + "/:message";

    private final Conversations conversations;
    private final Messages messages;

    MessageRoutes(Conversations conversations, Messages messages) {
        this.conversations = conversations;
        this.messages = messages;
    }

    void mount(Operations api) {
        api.post(
                ALL,
                "createMessage",
                call -> created(
                        messages.add(conversation(call), call.request().formAttributes(), Origin.of(call.request()))));
        api.get(ALL, "listMessages", this::list);
        api.get(
                ONE,
                "fetchMessage",
                call -> ok(messages.get(conversation(call), call.pathParam("message"))
                        .copy()));
        api.post(
                ONE,
                "updateMessage",
                call -> ok(messages.update(
                        conversation(call),
                        call.pathParam("message"),
                        call.request().formAttributes(),
                        Origin.of(call.request()))));
        api.delete(ONE, "deleteMessage", call -> {
            messages.remove(conversation(call), call.pathParam("message"), Origin.of(call.request()));
            return Reply.noContent();
        });
    }

    private Reply list(RoutingContext call) {
        Conversation conversation = conversation(call);
        boolean newestFirst = "desc".equals(call.request().getParam("Order"));
        List<JsonObject> ordered = Messages.ordered(conversation, newestFirst);
        String url = conversations.url() + "/" + conversation.sid() + "/Messages";
        return ok(Page.of(call.request()).cut("messages", url, newestFirst ? "Order=desc&" : "", ordered));
    }

    private Conversation conversation(RoutingContext call) {
        return conversations.get(call.pathParam("conversation"));
    }
}
