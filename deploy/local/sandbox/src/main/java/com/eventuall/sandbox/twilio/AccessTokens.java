package com.eventuall.sandbox.twilio;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;

/** Checks the access tokens with which chat clients come. */
final class AccessTokens {
    private final JwtConsumer tokens;
    private final String service;

    AccessTokens(TwilioKeys keys) {
        this.service = keys.serviceSid();
        this.tokens = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setVerificationKey(new HmacKey(keys.apiKeySecret().getBytes(StandardCharsets.UTF_8)))
                .setRelaxVerificationKeyValidation()
                .setExpectedIssuer(keys.apiKeySid())
                .setExpectedSubject(keys.accountSid())
                .setRequireExpirationTime()
                .build();
    }

    /** The identity that the token is for; empty if it is not a good token with a chat grant for this service. */
    Optional<String> identity(String token) {
        try {
            JwtClaims claims = tokens.processToClaims(token);
            if (claims.getClaimValue("grants") instanceof Map<?, ?> grants
                    && grants.get("chat") instanceof Map<?, ?> chat
                    && service.equals(chat.get("service_sid"))
                    && grants.get("identity") instanceof String identity) {
                return Optional.of(identity);
            }
            return Optional.empty();
        } catch (InvalidJwtException e) {
            return Optional.empty();
        }
    }
}
