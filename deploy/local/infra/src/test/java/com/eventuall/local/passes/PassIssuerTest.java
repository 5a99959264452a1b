package com.eventuall.local.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.contracts.Role;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;

class PassIssuerTest {
    private final PassIssuer issuer = PassIssuer.create();
    private final JwtConsumer consumer = new JwtConsumerBuilder()
            .setVerificationKey(parse(issuer.publicKeyPem()))
            .setExpectedAudience("eventuall-realtime")
            .setExpectedIssuer(PassIssuer.ISSUER)
            .setRequireExpirationTime()
            .build();

    @Test
    void aPassSaysWhatWasAskedFor() throws Exception {
        String pass = issuer.issue(
                PassRequest.moderator("e1", "u1").withRooms(List.of("r1")).withTtlSeconds(60));

        JwtClaims claims = consumer.processToClaims(pass);
        assertThat(claims.getSubject()).isEqualTo("u1");
        assertThat(claims.getStringClaimValue("event_id")).isEqualTo("e1");
        assertThat(claims.getStringListClaimValue("groups")).containsExactly(Role.MODERATOR.wireName());
        assertThat(claims.getStringListClaimValue("rooms")).containsExactly("r1");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(60);
    }

    @Test
    void claimsAreMergedOverTheUsualOnesAndNullRemoves() throws Exception {
        PassRequest request =
                PassRequest.participant("e1", "u1").withClaim("name", "Zoë").withClaim("event_id", null);

        JwtClaims claims = consumer.processToClaims(issuer.issue(request));
        assertThat(claims.getStringClaimValue("name")).isEqualTo("Zoë");
        assertThat(claims.hasClaim("event_id")).isFalse();
        assertThat(claims.hasClaim("rooms")).isFalse();
    }

    @Test
    void hostilePassesAreWellFormedButRefused() {
        PassRequest request = PassRequest.participant("e1", "u1");
        for (String pass : List.of(
                issuer.issueUnsigned(request),
                issuer.issueSignedWithPublicKey(request),
                issuer.issueTampered(request, request.withRole(Role.MODERATOR)),
                PassIssuer.create().issue(request))) {
            assertThat(pass.split("\\.", -1)).hasSize(3);
            assertThatThrownBy(() -> consumer.processToClaims(pass)).isInstanceOf(InvalidJwtException.class);
        }
    }

    private static PublicKey parse(String pem) {
        try {
            String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
