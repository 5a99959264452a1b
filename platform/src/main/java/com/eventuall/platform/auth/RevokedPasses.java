package com.eventuall.platform.auth;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Asks Redis whether a pass has been revoked. The platform's web back end writes the key {@code revoked:EVENTID:USERID},
 * string, epoch milliseconds, with the remaining life of the pass as its TTL. Fails closed: while Redis does not answer,
 * nobody new gets in (503).
 */
@ApplicationScoped
public class RevokedPasses {
    private final RedisCommands redis;

    RevokedPasses(RedisCommands redis) {
        this.redis = redis;
    }

    /** Yields the pass, or fails with {@link ErrorCode#PASS_REVOKED} or {@link ErrorCode#UNAVAILABLE}. */
    public Uni<Pass> check(Pass pass) {
        return redis.send(Command.GET, key(pass.eventId(), pass.userId()))
                .onItem()
                .transform(revokedAt -> {
                    if (revokedAt != null && isVoid(pass, millis(revokedAt.toString()))) {
                        throw new ProblemException(ErrorCode.PASS_REVOKED);
                    }
                    return pass;
                });
    }

    /** Whether a revocation at that moment (epoch milliseconds) voids the pass. */
    public static boolean isVoid(Pass pass, long revokedAt) {
        return pass.issuedAt().toEpochMilli() <= revokedAt;
    }

    /** A revocation that cannot be read is one all the same. */
    private static long millis(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String key(String eventId, String userId) {
        return "revoked:" + eventId + ":" + userId;
    }
}
