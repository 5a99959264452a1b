package com.eventuall.chat.http;

import com.eventuall.chat.VendorException;
import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.problem.ProblemMappers;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a caller is told when the vendor did not do its part. */
public class VendorProblems {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(3);

    private final ProblemMappers mappers;

    VendorProblems(ProblemMappers mappers) {
        this.mappers = mappers;
    }

    @ServerExceptionMapper
    public Response vendor(VendorException failure) {
        return mappers.refusal(problem(failure));
    }

    static boolean isNotFound(Throwable failure) {
        return VendorException.is(failure, VendorException.Kind.NOT_FOUND);
    }

    static ProblemException problem(VendorException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE, BUSY ->
                new ProblemException(
                        ErrorCode.VENDOR_UNAVAILABLE,
                        "The chat provider cannot do this at the moment",
                        failure.retryAfter() == null ? USUAL_WAIT : failure.retryAfter());
            case NOT_FOUND -> new ProblemException(ErrorCode.NOT_FOUND);
            case CONVERSATION_FULL -> new ProblemException(ErrorCode.CONFLICT, "The chat of this room is full");
            case PERSON_FULL ->
                new ProblemException(ErrorCode.CONFLICT, "You are in as many conversations as the provider allows");
            case REFUSED -> new ProblemException(ErrorCode.INTERNAL);
        };
    }
}
