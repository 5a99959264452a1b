package com.eventuall.e2e.security;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A vendor's webhook, whole or spoilt. */
record Webhook(String vendor, String body, Map<String, String> headers) {
    static final String ROOM = "hooked:main";

    /** A genuine one about a room that exists in name only, so that it changes nothing. */
    static Webhook genuine(Stack stack, String vendor) {
        return of(stack, vendor, content(stack, vendor, "room_started"), Instant.now(), null);
    }

    /** One with this content and a right signature. */
    static Webhook signed(Stack stack, String vendor, String body) {
        return of(stack, vendor, body, Instant.now(), null);
    }

    static Webhook old(Stack stack, String vendor) {
        return of(
                stack,
                vendor,
                content(stack, vendor, "room_started"),
                Instant.now().minus(Duration.ofMinutes(11)),
                null);
    }

    static Webhook wrongKey(Stack stack, String vendor) {
        return of(
                stack,
                vendor,
                content(stack, vendor, "room_started"),
                Instant.now(),
                "another-secret-of-32-characters!");
    }

    /** @param secret to sign with; null for the right one */
    private static Webhook of(Stack stack, String vendor, String body, Instant at, @Nullable String secret) {
        JsonNode info = stack.info();
        Map<String, String> headers = new LinkedHashMap<>();
        switch (vendor) {
            case "livekit" -> {
                String key = info.at("/livekit/apiKey").asText();
                String with = secret == null ? info.at("/livekit/apiSecret").asText() : secret;
                headers.put("Authorization", VendorSigner.livekit(key, with, body, at));
                headers.put("Content-Type", "application/webhook+json");
            }
            case "mux" -> {
                String with = secret == null ? info.at("/mux/webhookSecret").asText() : secret;
                headers.put("Mux-Signature", VendorSigner.mux(with, body, at));
                headers.put("Content-Type", "application/json");
            }
            default -> {
                String with = secret == null ? info.at("/twilio/authToken").asText() : secret;
                String url = stack.origin() + "/v1/webhooks/twilio";
                headers.put("X-Twilio-Signature", VendorSigner.twilio(with, url, form(body)));
                headers.put("Content-Type", "application/x-www-form-urlencoded");
            }
        }
        return new Webhook(vendor, body, headers);
    }

    /** What the vendor would send about an event of that kind. */
    static String content(Stack stack, String vendor, String kind) {
        return switch (vendor) {
            case "livekit" ->
                Stack.JSON
                        .createObjectNode()
                        .put("event", kind)
                        .put("id", "EV_" + UUID.randomUUID())
                        .put("createdAt", 1)
                        .set("room", Stack.JSON.createObjectNode().put("name", ROOM))
                        .toString();
            case "mux" ->
                Stack.JSON
                        .createObjectNode()
                        .put("type", kind)
                        .put("id", UUID.randomUUID().toString())
                        .set("data", Stack.JSON.createObjectNode().put("passthrough", "rec:other:1"))
                        .toString();
            default -> {
                JsonNode twilio = stack.info().get("twilio");
                Map<String, String> form = new TreeMap<>();
                form.put("EventType", kind);
                form.put("AccountSid", twilio.get("accountSid").asText());
                form.put("ChatServiceSid", twilio.get("serviceSid").asText());
                form.put("ConversationSid", "CH00000000000000000000000000000000");
                yield form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
            }
        };
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String field : body.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    Webhook withBody(String other) {
        return new Webhook(vendor, other, headers);
    }

    /** Without its signature, or with another one. */
    Webhook withSignature(String value) {
        Map<String, String> other = new LinkedHashMap<>(headers);
        other.keySet().removeIf(name -> !name.equals("Content-Type"));
        if (!value.isEmpty()) {
            String name = headers.keySet().iterator().next();
            other.put(name, value);
        }
        return new Webhook(vendor, body, other);
    }

    String signature() {
        return headers.values().iterator().next();
    }

    HttpResponse<String> send(Stack stack) {
        return send(stack, BodyPublishers.ofString(body));
    }

    /** As a proxy on the way may have it: in chunks, without its length. */
    HttpResponse<String> sendInChunks(Stack stack) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(stack, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    private HttpResponse<String> send(Stack stack, BodyPublisher publisher) {
        String[] all = headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);
        return stack.send("POST", "/v1/webhooks/" + vendor, publisher, all);
    }
}
