package com.eventuall.queue.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.problem.ProblemMappers;
import com.eventuall.queue.QueueException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says the core's refusals in HTTP. */
public class QueueProblems {

    @ServerExceptionMapper
    public Response refused(QueueException refusal) {
        String detail = String.valueOf(refusal.getMessage());
        return new ProblemMappers()
                .refusal(
                        refusal.code() == ErrorCode.UNAVAILABLE
                                ? ProblemException.unavailable(detail)
                                : new ProblemException(refusal.code(), detail));
    }
}
