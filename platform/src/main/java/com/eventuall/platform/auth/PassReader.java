package com.eventuall.platform.auth;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Ids;
import com.eventuall.contracts.InvalidIdException;
import com.eventuall.contracts.PassClaims;
import com.eventuall.contracts.Role;
import com.eventuall.platform.problem.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Pass} from an identity whose token Quarkus has verified (signature, algorithm, issuer, audience, expiry,
 * life of at most {@link PassClaims#MAX_LIFE}). What is signed but unusable is refused all the same.
 */
final class PassReader {
    private static final int MAX_NAME = 200;

    private PassReader() {}

    static Pass read(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new ProblemException(ErrorCode.PASS_MISSING);
        }
        try {
            String userId = Ids.userId(token.getSubject());
            String eventId = Ids.eventId(token.getClaim(PassClaims.EVENT_ID));
            Role role = Role.strongest(identity.getRoles()).orElseThrow(() -> invalid("The pass has no known role"));
            return new Pass(
                    userId,
                    name(token, userId),
                    eventId,
                    rooms(token.getClaim(PassClaims.ROOMS)),
                    role,
                    Instant.ofEpochSecond(token.getIssuedAtTime()),
                    Instant.ofEpochSecond(token.getExpirationTime()));
        } catch (InvalidIdException e) {
            throw invalid("The pass has a missing or malformed sub or event_id");
        } catch (ClassCastException e) {
            throw invalid("The pass has a claim of the wrong type");
        }
    }

    private static String name(JsonWebToken token, String userId) {
        String name = token.getClaim(PassClaims.NAME);
        if (name == null || name.codePoints().noneMatch(PassReader::isVisible)) {
            return userId;
        }
        int[] shown =
                name.codePoints().filter(PassReader::isText).limit(MAX_NAME).toArray();
        return new String(shown, 0, shown.length);
    }

    /** Neither a control character nor half a character: databases and JSON writers refuse those. */
    private static boolean isText(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }

    private static boolean isVisible(int codePoint) {
        return isText(codePoint) && !Character.isWhitespace(codePoint);
    }

    private static Optional<Set<String>> rooms(@Nullable Object claim) {
        if (claim == null) {
            return Optional.empty();
        }
        Set<String> rooms = new HashSet<>();
        for (JsonString room : ((JsonArray) claim).getValuesAs(JsonString.class)) {
            rooms.add(room.getString());
        }
        return Optional.of(Set.copyOf(rooms));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.PASS_INVALID, detail);
    }
}
