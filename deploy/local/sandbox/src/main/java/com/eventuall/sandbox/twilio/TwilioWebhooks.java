package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Webhook;
import com.eventuall.sandbox.WebhookSender;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The service's post-action webhooks, signed over the address they are sent to. */
final class TwilioWebhooks {
    private final TwilioKeys keys;
    private final WebhookSender sender;
    private @Nullable String url;
    /** Empty: all events. */
    private List<String> filters = List.of();

    TwilioWebhooks(TwilioKeys keys, WebhookSender sender) {
        this.keys = keys;
        this.sender = sender;
    }

    void sendTo(@Nullable String target) {
        url = target;
    }

    /** The configuration call of the API. */
    void configure(MultiMap form) {
        if (form.contains("PostWebhookUrl")) {
            url = form.get("PostWebhookUrl");
        }
        if (form.contains("Filters")) {
            filters = form.getAll("Filters");
        }
    }

    JsonObject configuration() {
        return new JsonObject()
                .put("account_sid", keys.accountSid())
                .put("chat_service_sid", keys.serviceSid())
                .put("pre_webhook_url", null)
                .put("post_webhook_url", url)
                .put("filters", new JsonArray(filters))
                .put("method", "POST")
                .put(
                        "url",
                        "https://conversations.twilio.com/v1/Services/" + keys.serviceSid()
                                + "/Configuration/Webhooks");
    }

    void send(Change change) {
        String target = url;
        if (target == null || !change.webhook() || !(filters.isEmpty() || filters.contains(change.type()))) {
            return;
        }
        Map<String, String> form = new TreeMap<>(change.fields());
        form.put("EventType", change.type());
        form.put("AccountSid", keys.accountSid());
        form.put("ChatServiceSid", keys.serviceSid());
        form.put("ConversationSid", change.conversationSid());
        form.put("Source", change.source());
        form.put("RetryCount", "0");
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        sender.send(
                change.conversationSid(),
                new Webhook(
                        target,
                        Map.of(
                                "Content-Type",
                                "application/x-www-form-urlencoded; charset=utf-8",
                                "X-Twilio-Signature",
                                signature(keys.authToken(), target, form)),
                        body));
    }

    /** Base64 of HMAC-SHA1 over the address and the form's fields in the order of their names, without separators. */
    static String signature(String authToken, String url, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA1", e);
        }
    }
}
