package com.eventuall.e2e.security;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The ways to ask for a room of the event {@code refused} with a pass that must not do. */
enum WrongPass {
    NONE(401),
    GARBAGE(401),
    OVERSIZED(401),
    EXPIRED(401),
    ALG_NONE(401),
    HS256_WITH_PUBLIC_KEY(401),
    OTHER_KEY(401),
    UNKNOWN_KEY_ID(401),
    TAMPERED(401),
    TOKEN_OF_LIVEKIT(401),
    WRONG_ISSUER(401),
    WRONG_AUDIENCE(401),
    NO_EXPIRY(401),
    TOO_LONG_LIVED(401),
    NO_ISSUE_TIME(401),
    ISSUED_IN_THE_FUTURE(401),
    NOT_YET_VALID(401),
    UNKNOWN_ROLE(401),
    NO_ROLE(401),
    NO_SUBJECT(401),
    MALFORMED_SUBJECT(401),
    NO_EVENT(401),
    ROOMS_OF_WRONG_TYPE(401),
    OTHER_EVENT(403),
    OTHER_ROOM(403),
    LOWER_ROLE(403);

    static final String EVENT = "refused";

    private final int status;

    WrongPass(int status) {
        this.status = status;
    }

    /** The status that it deserves. */
    int status() {
        return status;
    }

    /** Whether it is wrong for that route: a participant's pass is right where no moderator is asked for. */
    boolean isWrongFor(Route route) {
        if (this == LOWER_ROLE) {
            return route.moderatorsOnly();
        }
        return this != OTHER_ROOM || route.path().contains("/rooms/main");
    }

    /** The pass; null for none at all. */
    @Nullable
    String make(Stack stack) {
        long now = System.currentTimeMillis() / 1000;
        ObjectNode claims = Stack.JSON.createObjectNode();
        return switch (this) {
            case NONE -> null;
            case GARBAGE -> "abc.def.ghi";
            case OVERSIZED -> "eyJhbGciOiJSUzI1NiJ9." + "A".repeat(10_000) + ".AAAA";
            case OTHER_KEY -> Forger.sign("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", body(stack));
            case UNKNOWN_KEY_ID ->
                Forger.sign("{\"alg\":\"RS256\",\"kid\":\"" + UUID.randomUUID() + "\"}", body(stack));
            case TAMPERED -> {
                String[] parts = stack.pass("u1", "participant", EVENT).split("\\.");
                yield parts[0] + "." + body(stack) + "." + parts[2];
            }
            case TOKEN_OF_LIVEKIT ->
                hmac(
                        header("{\"alg\":\"HS256\"}") + "." + body(stack),
                        stack.info().at("/livekit/apiSecret").asText());
            case EXPIRED -> moderator(stack, claims.put("iat", now - 100).put("exp", now - 10));
            case ALG_NONE -> header("{\"alg\":\"none\"}") + "." + body(stack) + ".";
            case HS256_WITH_PUBLIC_KEY -> hmac(header("{\"alg\":\"HS256\"}") + "." + body(stack), publicKey(stack));
            case WRONG_ISSUER -> moderator(stack, claims.put("iss", "https://elsewhere.example"));
            case WRONG_AUDIENCE -> moderator(stack, claims.put("aud", "another-system"));
            case NO_EXPIRY -> moderator(stack, claims.putNull("exp"));
            case TOO_LONG_LIVED -> moderator(stack, claims.put("exp", now + 13 * 3600));
            case NO_ISSUE_TIME -> moderator(stack, claims.putNull("iat"));
            case ISSUED_IN_THE_FUTURE ->
                moderator(stack, claims.put("iat", now + 3600).put("exp", now + 7200));
            case NO_ROLE -> moderator(stack, claims.putNull("groups"));
            case NO_SUBJECT -> moderator(stack, claims.putNull("sub"));
            case MALFORMED_SUBJECT -> moderator(stack, claims.put("sub", "u1|u2"));
            case NO_EVENT -> moderator(stack, claims.putNull("event_id"));
            case ROOMS_OF_WRONG_TYPE -> moderator(stack, claims.put("rooms", "main"));
            case NOT_YET_VALID -> moderator(stack, claims.put("nbf", now + 600));
            case UNKNOWN_ROLE -> {
                claims.putArray("groups").add("root");
                yield moderator(stack, claims);
            }
            case OTHER_EVENT -> stack.pass("u1", "moderator", "e2");
            case OTHER_ROOM -> {
                claims.putArray("rooms").add("side");
                yield moderator(stack, claims);
            }
            case LOWER_ROLE -> stack.pass("u1", "participant", EVENT);
        };
    }

    /** The attempts that concern who somebody is and where, not what role they have. */
    static Set<WrongPass> forSockets() {
        return EnumSet.complementOf(EnumSet.of(LOWER_ROLE));
    }

    private static String moderator(Stack stack, ObjectNode claims) {
        return stack.pass("u1", "moderator", EVENT, claims);
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(Stack stack) {
        return stack.pass("u1", "moderator", EVENT).split("\\.")[1];
    }

    private static String publicKey(Stack stack) {
        return stack.info().at("/passes/publicKey").asText();
    }

    private static String hmac(String content, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
