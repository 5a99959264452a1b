package com.eventuall.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.contracts.Role;
import com.eventuall.platform.problem.ProblemException;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassReaderTest {
    private final Map<String, Object> claims =
            new HashMap<>(Map.of("sub", "u1", "event_id", "e1", "name", "Ann", "iat", 1000L, "exp", 2000L));

    @Test
    void passIsRead() {
        Pass pass = read("participant", "moderator");
        assertThat(pass.userId()).isEqualTo("u1");
        assertThat(pass.name()).isEqualTo("Ann");
        assertThat(pass.role()).isEqualTo(Role.MODERATOR);
    }

    @Test
    void nameHasNoControlCharactersAndNoHalfCharacters() {
        claims.put("name", "A\u0000n\nn\ud83d");
        assertThat(read("participant").name()).isEqualTo("Ann");
    }

    @Test
    void longNameIsCutBetweenCharacters() {
        claims.put("name", "😀".repeat(500));
        assertThat(read("participant").name()).isEqualTo("😀".repeat(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u0000", " \n\ud83d"})
    void nameWithNothingToSeeIsTheUserId(String name) {
        claims.put("name", name);
        assertThat(read("participant").name()).isEqualTo("u1");
    }

    @Test
    void unusableClaimsAreRefused() {
        assertThatThrownBy(() -> read("root")).isInstanceOf(ProblemException.class);
        claims.put("sub", "u 1");
        assertThatThrownBy(() -> read("participant")).isInstanceOf(ProblemException.class);
        claims.put("sub", "u1");
        claims.put("rooms", "main");
        assertThatThrownBy(() -> read("participant")).isInstanceOf(ProblemException.class);
    }

    private Pass read(String... groups) {
        JsonWebToken token = new JsonWebToken() {
            @Override
            public String getName() {
                return "u1";
            }

            @Override
            public Set<String> getClaimNames() {
                return claims.keySet();
            }

            @Override
            @SuppressWarnings("unchecked")
            public <T> T getClaim(String name) {
                return (T) claims.get(name);
            }
        };
        return PassReader.read(QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addRoles(Set.of(groups))
                .build());
    }
}
