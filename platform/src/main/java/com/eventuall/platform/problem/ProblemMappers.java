package com.eventuall.platform.problem;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.InvalidIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns our own refusals and those of Quarkus' security into problem details; all else the library maps. */
@Priority(Priorities.USER - 100)
public class ProblemMappers {
    static final String MEDIA_TYPE = "application/problem+json";

    @ServerExceptionMapper
    public Response refusal(ProblemException refusal) {
        return response(refusal);
    }

    @ServerExceptionMapper
    public Response invalidId(InvalidIdException invalid) {
        return response(new ProblemException(ErrorCode.INVALID_ID, String.valueOf(invalid.getMessage())));
    }

    @ServerExceptionMapper(priority = Priorities.USER - 100)
    public Response notAuthenticated(AuthenticationFailedException failure) {
        return response(Rejections.of(failure));
    }

    @ServerExceptionMapper(priority = Priorities.USER - 100)
    public Response anonymous(UnauthorizedException failure) {
        return response(new ProblemException(ErrorCode.PASS_MISSING));
    }

    /** The only role that routes ask for is moderator. */
    @ServerExceptionMapper(priority = Priorities.USER - 100)
    public Response forbidden(ForbiddenException failure) {
        return response(new ProblemException(ErrorCode.NOT_A_MODERATOR));
    }

    /** JSON of another form than the route takes. The parser's own words would name our classes. */
    @ServerExceptionMapper(priority = Priorities.USER - 100)
    public Response mismatched(MismatchedInputException mismatch) {
        return response(
                new ProblemException(ErrorCode.INVALID_REQUEST, "The JSON is not of the form that is asked for"));
    }

    private static Response response(ProblemException refusal) {
        return toProblem(refusal).toResponse();
    }

    static HttpProblem toProblem(ProblemException refusal) {
        ErrorCode code = refusal.code();
        HttpProblem.Builder problem = HttpProblem.builder()
                .withType(code.type())
                .withTitle(code.title())
                .withStatus(code.status())
                .withDetail(refusal.detail())
                .with("code", code.code());
        Long retryAfter = refusal.retryAfterSeconds();
        if (retryAfter != null) {
            problem.withHeader(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        if (code.status() == 401) {
            problem.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return problem.build();
    }
}
