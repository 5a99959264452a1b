package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.Reply;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Checks tokens of callers and participants, signs webhooks. */
final class LivekitTokens {
    private static final String BEARER = "Bearer ";
    private static final int LEEWAY_SECONDS = 60;
    private static final int WEBHOOK_SECONDS = 300;

    private final LivekitKeys keys;
    private final HmacKey secret;
    private final Clock clock;

    LivekitTokens(LivekitKeys keys, Clock clock) {
        this.keys = keys;
        this.secret = new HmacKey(keys.apiSecret().getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** Reads an {@code Authorization} header; refuses with plain text, as the server does before Twirp is reached. */
    Grants authorize(@Nullable String header) {
        if (header == null || !header.startsWith(BEARER)) {
            throw unauthorized("invalid authorization header. Must start with " + BEARER);
        }
        return verify(header.substring(BEARER.length()));
    }

    /** Verifies a token's signature, key and times. */
    Grants verify(String token) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKey(secret)
                .setRelaxVerificationKeyValidation()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setExpectedIssuer(keys.apiKey())
                .setSkipDefaultAudienceValidation()
                .build();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            JsonObject all = new JsonObject(claims.toJson());
            String identity = claims.getSubject() == null ? "" : claims.getSubject();
            return new Grants(identity, all, all.getJsonObject("video", new JsonObject()));
        } catch (InvalidJwtException | MalformedClaimException | ClassCastException e) {
            throw unauthorized("invalid authorization token");
        }
    }

    private static Refusal unauthorized(String message) {
        return new Refusal(Reply.text(401, message));
    }

    /** The {@code Authorization} header (no scheme) of a webhook with this body. */
    String signWebhook(String body) {
        long now = clock.millis() / 1000;
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(keys.apiKey());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setClaim("iat", now);
        claims.setClaim("nbf", now);
        claims.setClaim("exp", now + WEBHOOK_SECONDS);
        claims.setClaim("sha256", hash(body));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(secret);
        signature.setDoKeyValidation(false);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    static String hash(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 in this JVM", e);
        }
    }
}
