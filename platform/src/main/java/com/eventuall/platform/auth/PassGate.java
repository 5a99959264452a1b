package com.eventuall.platform.auth;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Ids;
import com.eventuall.contracts.PassClaims;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.problem.Rejections;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place that decides whether a caller comes in: pass, then event, then room, then revocation. */
@ApplicationScoped
public class PassGate {
    private final RevokedPasses revoked;
    private final Clock clock;

    PassGate(RevokedPasses revoked, Clock clock) {
        this.revoked = revoked;
        this.clock = clock;
    }

    /**
     * Yields the pass behind {@code identity} if it opens the place that is asked for.
     *
     * @param eventId the event in the path; null where the path has none
     * @param roomId the room in the path; null where the path has none
     */
    public Uni<Pass> admit(Uni<SecurityIdentity> identity, @Nullable String eventId, @Nullable String roomId) {
        return identity.onFailure()
                .transform(Rejections::of)
                .onItem()
                .transform(PassReader::read)
                .onItem()
                .invoke(this::requireIssued)
                .onItem()
                .invoke(pass -> requireScope(pass, eventId, roomId))
                .chain(revoked::check);
    }

    /** A pass from the future would outlive its allowed life, and the revocations of today. */
    private void requireIssued(Pass pass) {
        if (pass.issuedAt().isAfter(clock.instant().plus(PassClaims.CLOCK_SKEW))) {
            throw new ProblemException(ErrorCode.PASS_INVALID, "The pass is not valid yet");
        }
    }

    private static void requireScope(Pass pass, @Nullable String eventId, @Nullable String roomId) {
        if (eventId == null) {
            return;
        }
        Optional<ErrorCode> refusal =
                roomId == null ? pass.refusalFor(Ids.eventId(eventId)) : pass.refusalFor(new RoomKey(eventId, roomId));
        refusal.ifPresent(code -> {
            throw new ProblemException(code);
        });
    }
}
