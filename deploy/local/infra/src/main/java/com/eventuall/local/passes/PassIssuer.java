package com.eventuall.local.passes;

import com.eventuall.contracts.PassClaims;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Signs passes with a key pair of its own (RS256), as the platform's web back end does in production. */
public final class PassIssuer {
    /** The value of {@code iss}, for {@code mp.jwt.verify.issuer}. */
    public static final String ISSUER = "https://passes.eventuall.local";

    private static final int KEY_BITS = 2048;

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final Clock clock;

    public PassIssuer(KeyPair keys, Clock clock) {
        this.privateKey = keys.getPrivate();
        this.publicKey = keys.getPublic();
        this.clock = clock;
    }

    /** An issuer with new keys. */
    public static PassIssuer create() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(KEY_BITS);
            return new PassIssuer(new KeyPair(key.getRsaPublicKey(), key.getRsaPrivateKey()), Clock.systemUTC());
        } catch (JoseException e) {
            throw new IllegalStateException("no RSA in this JVM", e);
        }
    }

    /** PEM ({@code BEGIN PUBLIC KEY}), for {@code mp.jwt.verify.publickey}. */
    public String publicKeyPem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
    }

    /** A pass that says what is asked for; correct unless the request's own claims make it otherwise. */
    public String issue(PassRequest request) {
        return sign(claims(request), AlgorithmIdentifiers.RSA_USING_SHA256, privateKey);
    }

    /** Hostile: {@code alg} is {@code none}, there is no signature. */
    public String issueUnsigned(PassRequest request) {
        return sign(claims(request), AlgorithmIdentifiers.NONE, null);
    }

    /** Hostile: HS256 with the (public) text of the public key as the secret. */
    public String issueSignedWithPublicKey(PassRequest request) {
        HmacKey secret = new HmacKey(publicKeyPem().getBytes(StandardCharsets.UTF_8));
        return sign(claims(request), AlgorithmIdentifiers.HMAC_SHA256, secret);
    }

    /** Hostile: a good pass whose claims were replaced by those of {@code forged} under the old signature. */
    public String issueTampered(PassRequest request, PassRequest forged) {
        String[] good = issue(request).split("\\.", -1);
        String[] bad = issue(forged).split("\\.", -1);
        return good[0] + "." + bad[1] + "." + good[2];
    }

    private JwtClaims claims(PassRequest request) {
        long now = clock.instant().getEpochSecond();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(PassClaims.AUDIENCE);
        claims.setSubject(request.userId());
        claims.setClaim("iat", now);
        claims.setClaim("exp", now + request.ttlSeconds());
        claims.setClaim(PassClaims.NAME, request.name());
        claims.setClaim(PassClaims.EVENT_ID, request.eventId());
        claims.setClaim("groups", List.of(request.role().wireName()));
        if (request.rooms() != null) {
            claims.setClaim(PassClaims.ROOMS, request.rooms());
        }
        for (Map.Entry<String, @Nullable Object> claim : request.claims().entrySet()) {
            if (claim.getValue() == null) {
                claims.unsetClaim(claim.getKey());
            } else {
                claims.setClaim(claim.getKey(), claim.getValue());
            }
        }
        return claims;
    }

    private static String sign(JwtClaims claims, String algorithm, @Nullable Key key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setHeader("typ", "JWT");
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }
}
