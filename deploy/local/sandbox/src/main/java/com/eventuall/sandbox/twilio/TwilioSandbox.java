package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Faults;
import com.eventuall.sandbox.Reply;
import com.eventuall.sandbox.Sids;
import com.eventuall.sandbox.VendorSandbox;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Twilio Conversations v1, service-scoped paths: {@code /v1/Services/{IS}/Conversations…}. */
public final class TwilioSandbox implements VendorSandbox {
    /** Its name in URLs. */
    public static final String NAME = "twilio";

    private static final String CONVERSATIONS = "/v1/Services/:service/Conversations";
    private static final String CONVERSATION = CONVERSATIONS + "/:conversation";
    private static final String PARTICIPANTS = CONVERSATION + "/Participants";
    private static final String PARTICIPANT = PARTICIPANTS + "/:participant";

    private final Faults faults = new Faults();
    private final TwilioKeys keys;
    private final Calls calls;
    private final Conversations conversations;
    private final Set<String> authorizations;

    public TwilioSandbox(Vertx vertx, TwilioKeys keys) {
        this.keys = keys;
        this.calls = new Calls(vertx, faults, TwilioError::forStatus);
        this.conversations = new Conversations(keys, Clock.systemUTC(), new Sids(RandomGenerator.getDefault()));
        this.authorizations =
                Set.of(basic(keys.accountSid(), keys.authToken()), basic(keys.apiKeySid(), keys.apiKeySecret()));
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void mount(Router api) {
        api.route("/v1/*").handler(this::authenticate);
        mountConversations(api);
        mountParticipants(api);
        api.route("/v1/*").handler(call -> TwilioError.NOT_FOUND.reply().send(call.response()));
    }

    private void authenticate(RoutingContext call) {
        String header = call.request().getHeader("Authorization");
        if (header == null || !authorizations.contains(header)) {
            TwilioError.AUTHENTICATION
                    .reply()
                    .with("WWW-Authenticate", "Basic realm=\"Twilio API\"")
                    .send(call.response());
        } else {
            call.next();
        }
    }

    private void mountConversations(Router api) {
        api.post(CONVERSATIONS)
                .handler(serve(
                        "createConversation",
                        call -> created(conversations
                                .create(call.request().formAttributes())
                                .toJson())));
        api.get(CONVERSATIONS).handler(serve("listConversations", call -> {
            List<JsonObject> all =
                    conversations.all().stream().map(Conversation::toJson).toList();
            return ok(Page.of(call.request()).cut("conversations", conversations.url(), all));
        }));
        api.get(CONVERSATION)
                .handler(
                        serve("fetchConversation", call -> ok(conversation(call).toJson())));
        api.post(CONVERSATION)
                .handler(serve(
                        "updateConversation",
                        call -> ok(conversations
                                .update(
                                        call.pathParam("conversation"),
                                        call.request().formAttributes())
                                .toJson())));
        api.delete(CONVERSATION).handler(serve("deleteConversation", call -> {
            conversations.delete(call.pathParam("conversation"));
            return Reply.noContent();
        }));
    }

    private void mountParticipants(Router api) {
        api.post(PARTICIPANTS)
                .handler(serve(
                        "createParticipant",
                        call -> created(conversations.addParticipant(
                                conversation(call), call.request().formAttributes()))));
        api.get(PARTICIPANTS).handler(serve("listParticipants", call -> {
            Conversation conversation = conversation(call);
            String url = conversations.url() + "/" + conversation.sid() + "/Participants";
            return ok(Page.of(call.request()).cut("participants", url, conversation.participants()));
        }));
        api.get(PARTICIPANT).handler(serve("fetchParticipant", call -> ok(participant(call))));
        api.delete(PARTICIPANT).handler(serve("deleteParticipant", call -> {
            conversation(call).removeParticipant(participant(call).getString("sid"));
            return Reply.noContent();
        }));
    }

    private Handler<RoutingContext> serve(String operation, Function<RoutingContext, Reply> work) {
        return call -> calls.serve(call, operation, () -> {
            if (!keys.serviceSid().equals(call.pathParam("service"))) {
                throw TwilioError.NOT_FOUND.refuse();
            }
            return work.apply(call);
        });
    }

    private Conversation conversation(RoutingContext call) {
        return conversations.get(call.pathParam("conversation"));
    }

    private JsonObject participant(RoutingContext call) {
        return conversation(call)
                .participant(call.pathParam("participant"))
                .orElseThrow(TwilioError.PARTICIPANT_NOT_FOUND::refuse);
    }

    private static Reply ok(JsonObject body) {
        return Reply.json(200, body);
    }

    private static Reply created(JsonObject body) {
        return Reply.json(201, body);
    }

    @Override
    public JsonObject state() {
        JsonArray all = new JsonArray();
        conversations.all().forEach(one -> all.add(one.stateToJson()));
        return new JsonObject().put("conversations", all);
    }

    @Override
    public void reset() {
        conversations.clear();
    }

    @Override
    public Faults faults() {
        return faults;
    }
}
