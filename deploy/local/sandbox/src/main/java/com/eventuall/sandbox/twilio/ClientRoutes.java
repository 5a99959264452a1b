package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Reply;
import com.eventuall.sandbox.SandboxServer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * What the vendor's chat SDK does over its own socket, in a form that a page can use without it. Not part of the vendor's API.
 * Callers show an access token ({@code Authorization: Bearer …}, or {@code ?token=} for a page's WebSocket) and see what they
 * are a participant of.
 *
 * <ul>
 *   <li>{@code GET /client/conversations}: the caller's conversations
 *   <li>{@code GET /client/conversations/{CH}/stream}: a WebSocket with messages <code>{"type","data"}</code>: {@code history}
 *       with the last messages, then one per change with the vendor's event type and the resource. (Browsers allow a page's
 *       origin a handful of streams of other kinds, and hundreds of these.)
 *   <li>{@code POST /client/conversations/{CH}/messages} with <code>{"body","attributes"?}</code>: says something
 * </ul>
 */
final class ClientRoutes {
    private static final int HISTORY = 50;
    /** Comfortably below the idle limits of proxies. */
    private static final long KEEP_ALIVE_MILLIS = 15_000;
    /** A reader that is this far behind is sent away, to come back for the history. */
    private static final int WRITE_LIMIT = 1 << 20;

    private final Conversations conversations;
    private final Messages messages;
    private final AccessTokens tokens;
    private final Changes changes;

    ClientRoutes(Conversations conversations, Messages messages, AccessTokens tokens, Changes changes) {
        this.conversations = conversations;
        this.messages = messages;
        this.tokens = tokens;
        this.changes = changes;
    }

    void mount(Router api) {
        api.get("/client/conversations").handler(call -> identify(call).ifPresent(identity -> list(call, identity)));
        api.get("/client/conversations/:conversation/stream")
                .handler(call -> identify(call)
                        .flatMap(identity -> enter(call, identity))
                        .ifPresent(conversation -> stream(call, conversation)));
        api.post("/client/conversations/:conversation/messages")
                .handler(call -> identify(call)
                        .ifPresent(identity ->
                                enter(call, identity).ifPresent(conversation -> say(call, conversation, identity))));
    }

    private Optional<String> identify(RoutingContext call) {
        String header = call.request().getHeader("Authorization");
        String token = header != null && header.startsWith("Bearer ")
                ? header.substring("Bearer ".length())
                : call.request().getParam("token", "");
        Optional<String> identity = tokens.identity(token);
        if (identity.isEmpty()) {
            TwilioError.AUTHENTICATION.reply().send(call.response());
        }
        return identity;
    }

    private Optional<Conversation> enter(RoutingContext call, String identity) {
        Optional<Conversation> entered = conversations
                .find(call.pathParam("conversation"))
                .filter(conversation -> conversation.participant(identity).isPresent());
        if (entered.isEmpty()) {
            TwilioError.NOT_FOUND.reply().send(call.response());
        }
        return entered;
    }

    private void list(RoutingContext call, String identity) {
        JsonArray own = new JsonArray();
        conversations.all().stream()
                .filter(conversation -> conversation.participant(identity).isPresent())
                .forEach(conversation -> own.add(conversation.toJson()));
        Reply.json(200, new JsonObject().put("conversations", own)).send(call.response());
    }

    private void say(RoutingContext call, Conversation conversation, String identity) {
        try {
            JsonObject said = call.body().asJsonObject();
            MultiMap form =
                    MultiMap.caseInsensitiveMultiMap().add("Author", identity).add("Body", said.getString("body", ""));
            if (said.containsKey("attributes")) {
                form.add("Attributes", said.getValue("attributes").toString());
            }
            Reply.json(201, messages.add(conversation, form, Origin.SDK)).send(call.response());
        } catch (com.eventuall.sandbox.Refusal refusal) {
            refusal.reply().send(call.response());
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            TwilioError.INVALID_PARAMETER.reply().send(call.response());
        }
    }

    private void stream(RoutingContext call, Conversation conversation) {
        if (!SandboxServer.isUpgrade(call.request())) {
            HttpServerResponse response = call.response().setStatusCode(426);
            if (call.request().version() != HttpVersion.HTTP_2) {
                // HTTP/2 forbids the header.
                response.putHeader(HttpHeaders.UPGRADE, "websocket");
            }
            response.end();
            return;
        }
        call.request().toWebSocket().onSuccess(socket -> follow(call.vertx(), conversation, socket));
    }

    private void follow(Vertx vertx, Conversation conversation, ServerWebSocket socket) {
        socket.setWriteQueueMaxSize(WRITE_LIMIT);
        List<JsonObject> all = conversation.messages();
        send(
                socket,
                "history",
                new JsonObject()
                        .put("conversation", conversation.toJson())
                        .put("messages", new JsonArray(all.subList(Math.max(0, all.size() - HISTORY), all.size()))));
        Runnable forget = changes.listen(change -> {
            if (change.conversationSid().equals(conversation.sid())) {
                send(socket, change.type(), change.resource());
            }
        });
        long keepAlive = vertx.setPeriodic(KEEP_ALIVE_MILLIS, timer -> socket.writePing(Buffer.buffer()));
        socket.closeHandler(closed -> {
            forget.run();
            vertx.cancelTimer(keepAlive);
        });
    }

    private static void send(ServerWebSocket socket, String type, JsonObject data) {
        if (socket.writeQueueFull()) {
            socket.close();
        } else if (!socket.isClosed()) {
            socket.writeTextMessage(
                    new JsonObject().put("type", type).put("data", data).encode());
        }
    }
}
