package com.eventuall.presence.http;

import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.problem.ProblemMappers;
import com.eventuall.presence.StoreUnavailableException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says in HTTP that the store does not answer. */
public class StoreProblems {
    @ServerExceptionMapper
    public Response unavailable(StoreUnavailableException failure) {
        return new ProblemMappers()
                .refusal(ProblemException.unavailable("The shared state cannot be reached at the moment"));
    }
}
