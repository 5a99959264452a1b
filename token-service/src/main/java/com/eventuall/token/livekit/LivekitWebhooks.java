package com.eventuall.token.livekit;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a webhook is LiveKit's: an HS256 token in {@code Authorization} (no {@code Bearer}), issued by one of our API
 * keys, valid now (60 s of skew), whose {@code sha256} claim is the digest of the raw body. The SDK's receiver knows one key
 * and no skew, so that it refuses valid events when our clock is behind; hence this one, on the library that also verifies
 * passes.
 */
@ApplicationScoped
public class LivekitWebhooks {
    private static final int SKEW_SECONDS = 60;
    private static final String DIGEST_CLAIM = "sha256";

    private final JwtConsumer tokens;

    LivekitWebhooks(LivekitConfig config) {
        Map<String, Key> keys = new HashMap<>();
        keys.put(config.apiKey(), key(config.apiSecret()));
        config.previousApiKey()
                .ifPresent(name -> config.previousApiSecret().ifPresent(secret -> keys.put(name, key(secret))));
        this.tokens = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setVerificationKeyResolver((jws, nesting) -> resolve(keys, jws.getUnverifiedPayload()))
                .setExpectedIssuers(true, keys.keySet().toArray(String[]::new))
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .setRelaxVerificationKeyValidation()
                .build();
    }

    /**
     * Returns if the body is LiveKit's.
     *
     * @throws ProblemException {@link ErrorCode#SIGNATURE_INVALID} otherwise, whatever the reason
     */
    public void verify(@Nullable String authorization, byte[] body) {
        if (authorization == null) {
            throw new ProblemException(ErrorCode.SIGNATURE_INVALID);
        }
        try {
            JwtClaims claims = tokens.processToClaims(authorization);
            String digest = claims.getStringClaimValue(DIGEST_CLAIM);
            if (digest == null || !MessageDigest.isEqual(sha256(body), digest.getBytes(StandardCharsets.US_ASCII))) {
                throw new ProblemException(ErrorCode.SIGNATURE_INVALID);
            }
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw new ProblemException(ErrorCode.SIGNATURE_INVALID);
        }
    }

    private static Key resolve(Map<String, Key> keys, String claims) throws UnresolvableKeyException {
        try {
            Key key = keys.get(JwtClaims.parse(claims).getIssuer());
            if (key != null) {
                return key;
            }
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw new UnresolvableKeyException("claims cannot be read", e);
        }
        throw new UnresolvableKeyException("unknown issuer");
    }

    private static Key key(String secret) {
        return new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encode(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
