package com.eventuall.e2e.security;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks as the vendors do, with the secrets of the stack's sandboxes or with wrong ones. */
final class VendorSigner {
    private VendorSigner() {}

    /** The {@code Authorization} of a LiveKit webhook. */
    static String livekit(JsonNode info, String body, Instant now) {
        JsonNode keys = info.get("livekit");
        return livekit(keys.get("apiKey").asText(), keys.get("apiSecret").asText(), body, now);
    }

    static String livekit(String key, String secret, String body, Instant now) {
        ObjectNode claims = Stack.JSON
                .createObjectNode()
                .put("iss", key)
                .put("nbf", now.getEpochSecond() - 1)
                .put("exp", now.getEpochSecond() + 300)
                .put("sha256", base64(digest(body)));
        String content = base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64Url(claims.toString());
        return content + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(mac("HmacSHA256", secret, content));
    }

    /** {@code Mux-Signature}. */
    static String mux(String secret, String body, Instant now) {
        String time = Long.toString(now.getEpochSecond());
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac("HmacSHA256", secret, time + "." + body));
    }

    /** {@code X-Twilio-Signature}. */
    static String twilio(String authToken, String url, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        return base64(mac("HmacSHA1", authToken, signed.toString()));
    }

    private static byte[] digest(String body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(String algorithm, String secret, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
