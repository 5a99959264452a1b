package com.eventuall.platform.auth;

import com.eventuall.contracts.Role;
import com.eventuall.platform.start.FirstUse;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Looks at a pass that nobody has signed, and whether somebody who is nobody was sent away. */
@ApplicationScoped
class FirstPass implements FirstUse {
    private static final String NOBODY = "warm-up";
    /** As long as a signature by a key of 2,048 bits. */
    private static final byte[] NO_SIGNATURE = new byte[256];

    private final IdentityProviderManager identities;
    private final PassGate gate;
    private final RevokedPasses revoked;

    FirstPass(IdentityProviderManager identities, PassGate gate, RevokedPasses revoked) {
        this.identities = identities;
        this.gate = gate;
        this.revoked = revoked;
    }

    @Override
    public Uni<?> run() {
        Pass nobody =
                new Pass(NOBODY, NOBODY, NOBODY, Optional.empty(), Role.PARTICIPANT, Instant.now(), Instant.now());
        return gate.admit(unsigned(), NOBODY, NOBODY)
                .onFailure()
                .recoverWithNull()
                .chain(() -> revoked.check(nobody));
    }

    private Uni<SecurityIdentity> unsigned() {
        return identities.authenticate(new TokenAuthenticationRequest(new JsonWebTokenCredential(token())));
    }

    private static String token() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
        String claims = "{\"sub\":\"" + NOBODY + "\"}";
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "." + encoder.encodeToString(NO_SIGNATURE);
    }
}
