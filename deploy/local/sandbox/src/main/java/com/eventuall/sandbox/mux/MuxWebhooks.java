package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Webhook;
import com.eventuall.sandbox.WebhookSender;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs events and sends them to the configured URLs. */
final class MuxWebhooks {
    private static final String ALGORITHM = "HmacSHA256";

    private final WebhookSender sender;
    private final Clock clock;
    private final SecretKeySpec secret;
    private volatile List<String> urls;

    MuxWebhooks(WebhookSender sender, Clock clock, String secret, List<String> urls) {
        this.sender = sender;
        this.clock = clock;
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.urls = List.copyOf(urls);
    }

    void sendTo(List<String> receivers) {
        urls = List.copyOf(receivers);
    }

    /**
     * Sends an event about an object.
     *
     * @param type {@code video.live_stream.…} or {@code video.asset.…}
     * @param data the object as the API shows it
     */
    void send(String type, JsonObject data) {
        String id = data.getString("id");
        String body = new JsonObject()
                .put("type", type)
                .put("id", UUID.randomUUID().toString())
                .put("created_at", clock.instant().toString())
                .put(
                        "object",
                        new JsonObject().put("type", type.split("\\.")[1]).put("id", id))
                .put("environment", new JsonObject().put("name", "Sandbox").put("id", "sandbox"))
                .put("attempts", new JsonArray())
                .putNull("request_id")
                .put("data", data)
                .encode();
        urls.forEach(url -> sender.send(
                id, new Webhook(url, Map.of("Content-Type", "application/json", "Mux-Signature", sign(body)), body)));
    }

    private String sign(String body) {
        long now = clock.instant().getEpochSecond();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] digest = mac.doFinal((now + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + now + ",v1=" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + ALGORITHM + " in this JVM", e);
        }
    }
}
