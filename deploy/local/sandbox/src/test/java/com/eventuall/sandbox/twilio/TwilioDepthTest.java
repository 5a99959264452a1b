package com.eventuall.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.sandbox.Exchange;
import com.eventuall.sandbox.ReceivedWebhooks;
import com.eventuall.sandbox.Reply;
import com.twilio.exception.ApiException;
import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.ChatGrant;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.Role;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import com.twilio.security.RequestValidator;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TwilioDepthTest extends TwilioTest {

    @Test
    void messagesAreNumberedChangedAndDeleted() {
        String sid = conversation();
        Message first = message(sid, "one");
        Message second = message(sid, "two");
        assertThat(List.of(first.getIndex(), second.getIndex())).containsExactly(0, 1);
        assertThat(first.getAttributes()).isEqualTo("{}");

        Message changed = Message.updater(SERVICE, sid, first.getSid())
                .setAttributes("{\"reactions\":{\"heart\":[\"u-1\"]}}")
                .update(sdk);
        assertThat(changed.getBody()).isEqualTo("one");
        assertThat(Message.fetcher(SERVICE, sid, first.getSid()).fetch(sdk).getAttributes())
                .isEqualTo("{\"reactions\":{\"heart\":[\"u-1\"]}}");

        assertThat(Message.deleter(SERVICE, sid, first.getSid()).delete(sdk)).isTrue();
        assertCode(20404, () -> Message.fetcher(SERVICE, sid, first.getSid()).fetch(sdk));
        assertThat(message(sid, "three").getIndex()).isEqualTo(2);
    }

    @Test
    void attributesEndAtFourKilobytesAndMustBeJson() {
        String sid = conversation();
        String message = message(sid, "x").getSid();
        String fits = "{\"a\":\"" + "x".repeat(4096 - 8) + "\"}";

        Message.updater(SERVICE, sid, message).setAttributes(fits).update(sdk);
        assertCode(
                20001,
                () -> Message.updater(SERVICE, sid, message)
                        .setAttributes(fits.replace("}", " }"))
                        .update(sdk));
        assertCode(
                20001,
                () -> Message.updater(SERVICE, sid, message).setAttributes("{").update(sdk));
        assertThat(Message.fetcher(SERVICE, sid, message).fetch(sdk).getAttributes())
                .isEqualTo(fits);
    }

    @Test
    void messagesComeInBothOrdersOverPages() {
        String sid = conversation();
        for (int i = 0; i < 7; i++) {
            message(sid, "m" + i);
        }

        List<String> newestFirst = new ArrayList<>();
        Message.reader(SERVICE, sid)
                .setOrder(Message.OrderType.DESC)
                .pageSize(3)
                .read(sdk)
                .forEach(one -> newestFirst.add(one.getBody()));

        assertThat(newestFirst).containsExactly("m6", "m5", "m4", "m3", "m2", "m1", "m0");
    }

    @Test
    void aClosedConversationTakesNoMessagesAndStaysClosed() {
        String sid = conversation();
        Conversation.updater(SERVICE, sid).setState(Conversation.State.INACTIVE).update(sdk);
        message(sid, "wakes it");
        assertThat(Conversation.fetcher(SERVICE, sid).fetch(sdk).getState()).isEqualTo(Conversation.State.ACTIVE);
        Conversation.updater(SERVICE, sid).setState(Conversation.State.CLOSED).update(sdk);

        assertCode(50386, () -> message(sid, "too late"));
        assertCode(
                20001,
                () -> Conversation.updater(SERVICE, sid)
                        .setState(Conversation.State.ACTIVE)
                        .update(sdk));
    }

    @Test
    void timersHaveAMinimumAndAreShown() {
        Conversation timed =
                Conversation.creator(SERVICE).setTimersClosed("PT12H").create(sdk);

        assertThat(timed.getTimers().toString()).contains("date_closed");
        assertCode(
                20001,
                () -> Conversation.creator(SERVICE).setTimersClosed("PT9M").create(sdk));
        assertCode(
                20001,
                () -> Conversation.creator(SERVICE).setTimersClosed("soon").create(sdk));
    }

    @Test
    void participantsHaveRoles() {
        Map<String, String> roles = new TreeMap<>();
        Role.reader(SERVICE).read(sdk).forEach(role -> roles.put(role.getFriendlyName(), role.getSid()));
        assertThat(roles).containsOnlyKeys("channel admin", "channel user", "service admin", "service user");
        String sid = conversation();

        Participant usual = Participant.creator(SERVICE, sid).setIdentity("u-1").create(sdk);
        assertThat(usual.getRoleSid()).isEqualTo(roles.get("channel user"));
        Participant promoted = Participant.updater(SERVICE, sid, usual.getSid())
                .setRoleSid(roles.get("channel admin"))
                .update(sdk);
        assertThat(promoted.getRoleSid()).isEqualTo(roles.get("channel admin"));
        assertCode(
                20404,
                () -> Participant.creator(SERVICE, sid)
                        .setIdentity("u-2")
                        .setRoleSid("RL" + "0".repeat(32))
                        .create(sdk));
    }

    @Test
    void anIdentityIsInAThousandOpenConversationsAtMost() {
        sandboxWithoutRates(plain -> {
            String last = "";
            for (int i = 0; i < 1001; i++) {
                last = plain.createConversation();
                if (i < 1000) {
                    plain.addParticipant(last, "mo");
                }
            }
            String full = last;
            assertThat(plain.addParticipant(full, "mo").getInteger("code")).isEqualTo(50214);
            plain.closeOne();
            assertThat(plain.addParticipant(full, "mo").getString("identity")).isEqualTo("mo");
        });
    }

    @Test
    void theThirtyFirstActionInASecondIsRefused() {
        String sid = conversation();
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            try {
                message(sid, "m" + i);
            } catch (ApiException e) {
                assertThat(e.getCode()).isEqualTo(20429);
                refused++;
            }
        }
        assertThat(http.get("/state").getInteger("highestRate")).isLessThanOrEqualTo(30);
        int stored = http.get("/state")
                .getJsonArray("conversations")
                .getJsonObject(0)
                .getJsonArray("messages")
                .size();
        assertThat(stored).isEqualTo(60 - refused);
    }

    @Test
    void anErrorAfterStoringLeavesTheMessage() {
        String sid = conversation();
        http.post(
                "/faults",
                new JsonObject()
                        .put("operation", "createMessage")
                        .put("effect", "error-after-effect")
                        .put("status", 500));

        assertCode(20500, () -> message(sid, "stored"));

        List<String> bodies = new ArrayList<>();
        Message.reader(SERVICE, sid).read(sdk).forEach(one -> bodies.add(one.getBody()));
        assertThat(bodies).containsExactly("stored");
    }

    @Test
    void restChangesSendSignedWebhooksOnlyOnRequest() {
        ReceivedWebhooks received = new ReceivedWebhooks(vertx);
        Webhook.updater(SERVICE).setPostWebhookUrl(received.url()).update(sdk);
        String sid = conversation();
        Conversation.updater(SERVICE, sid)
                .setXTwilioWebhookEnabled(Conversation.WebhookEnabledType.TRUE)
                .setState(Conversation.State.CLOSED)
                .update(sdk);
        Conversation.deleter(SERVICE, sid)
                .setXTwilioWebhookEnabled(Conversation.WebhookEnabledType.TRUE)
                .delete(sdk);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> received.all().size() == 3);
        RequestValidator validator = new RequestValidator(KEYS.authToken());
        List<String> types = new ArrayList<>();
        received.all().forEach(webhook -> {
            Map<String, String> form = form(webhook.body());
            assertThat(form).containsEntry("ConversationSid", sid).containsEntry("AccountSid", KEYS.accountSid());
            assertThat(validator.validate(
                            received.url(), form, webhook.headers().get("X-Twilio-Signature")))
                    .isTrue();
            form.put("ConversationSid", "CH1");
            assertThat(validator.validate(
                            received.url(), form, webhook.headers().get("X-Twilio-Signature")))
                    .isFalse();
            types.add(form.get("EventType"));
        });
        assertThat(types)
                .containsExactly("onConversationUpdated", "onConversationStateUpdated", "onConversationRemoved");
    }

    @Test
    void aPageReadsAndWritesTheStreamWithAnAccessToken() throws Exception {
        String sid = conversation();
        Participant.creator(SERVICE, sid).setIdentity("u-1").create(sdk);
        message(sid, "before");
        String token = new AccessToken.Builder(
                        KEYS.accountSid(), KEYS.apiKeySid(), KEYS.apiKeySecret().getBytes(StandardCharsets.UTF_8))
                .identity("u-1")
                .grant(new ChatGrant().setServiceSid(SERVICE))
                .build()
                .toJwt();
        String stream = "/client/conversations/" + sid + "/stream";

        assertThat(http.send("GET", stream, "").statusCode()).isEqualTo(401);
        assertThat(http.send("GET", stream + "?token=" + token + "x", "").statusCode())
                .isEqualTo(401);
        assertThat(http.send("GET", stream + "?token=" + token, "").statusCode())
                .isEqualTo(426);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(server.baseUrl("twilio").replaceFirst("^http", "ws") + stream + "?token=" + token),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                                told.add(text.toString());
                                return WebSocket.Listener.super.onText(from, text, last);
                            }
                        })
                .join();
        JsonObject history = next(told, "history");
        assertThat(history.getJsonArray("messages").getJsonObject(0).getString("body"))
                .isEqualTo("before");
        HttpResponse<String> said = http.send(
                "POST",
                "/client/conversations/" + sid + "/messages",
                "{\"body\":\"hello\"}",
                "Authorization",
                "Bearer " + token);
        assertThat(said.statusCode()).isEqualTo(201);
        JsonObject seen = next(told, "onMessageAdded");
        assertThat(seen.getString("body")).isEqualTo("hello");
        assertThat(seen.getString("author")).isEqualTo("u-1");
        socket.abort();
    }

    @Test
    void theDescriptionFindsWhatIsWrong() {
        conversation();
        Exchange good = EXCHANGES.poll();
        Map<String, String> headers = good.headers();
        assertThat(violations(good)).isEmpty();
        assertThat(violations(new Exchange("POST", good.path(), "", headers, "Freindly=x", good.reply())))
                .isNotEmpty();
        assertThat(violations(new Exchange("POST", good.path(), "", headers, "State=open", good.reply())))
                .isNotEmpty();
        JsonObject wrong = new JsonObject(good.reply().body()).put("sid", "CH1");
        assertThat(violations(new Exchange("POST", good.path(), "", headers, "", Reply.json(201, wrong))))
                .isNotEmpty();
        assertThat(violations(new Exchange("POST", good.path() + "s", "", headers, "", good.reply())))
                .isNotEmpty();
    }

    private static JsonObject next(BlockingQueue<String> told, String type) throws InterruptedException {
        String message = told.poll(10, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        JsonObject one = new JsonObject(message);
        assertThat(one.getString("type")).isEqualTo(type);
        return one.getJsonObject("data");
    }

    private static String conversation() {
        return Conversation.creator(SERVICE).create(sdk).getSid();
    }

    private static Message message(String conversation, String body) {
        return Message.creator(SERVICE, conversation)
                .setAuthor("u-1")
                .setBody(body)
                .create(sdk);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String field : body.split("&")) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void sandboxWithoutRates(java.util.function.Consumer<PlainTwilio> test) {
        try (PlainTwilio plain = new PlainTwilio(vertx)) {
            test.accept(plain);
        }
    }
}
