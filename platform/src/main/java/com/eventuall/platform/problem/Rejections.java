package com.eventuall.platform.problem;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.InvalidIdException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.handler.HttpException;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Finds the refusal that a failure stands for. What nobody expected is logged here, once, and told to nobody. */
public final class Rejections {
    private static final Logger LOG = Logger.getLogger(Rejections.class);

    private Rejections() {}

    /** The refusal for {@code failure}; {@link ErrorCode#INTERNAL} for whatever is not a refusal. */
    public static ProblemException of(Throwable failure) {
        if (failure instanceof ProblemException refusal) {
            return refusal;
        }
        if (failure instanceof InvalidIdException invalid) {
            return new ProblemException(ErrorCode.INVALID_ID, String.valueOf(invalid.getMessage()));
        }
        if (failure instanceof AuthenticationFailedException) {
            return new ProblemException(expired(failure) ? ErrorCode.PASS_EXPIRED : ErrorCode.PASS_INVALID);
        }
        if (failure instanceof UnauthorizedException) {
            return new ProblemException(ErrorCode.PASS_MISSING);
        }
        if (failure instanceof HttpException http) {
            return new ProblemException(ErrorCode.ofStatus(http.getStatusCode()));
        }
        LOG.error("Unexpected failure", failure);
        return new ProblemException(ErrorCode.INTERNAL);
    }

    private static boolean expired(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException jwt) {
                return jwt.hasExpired();
            }
        }
        return false;
    }
}
