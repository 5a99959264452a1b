package com.eventuall.platform.problem;

import com.eventuall.contracts.ErrorCode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Gives the problems that the library makes (404, 405, 415, validation, unreadable JSON) the type and code of our table, so
 * that clients see one vocabulary.
 */
@ApplicationScoped
public class LibraryProblems implements ProblemPostProcessor {
    @Override
    public int priority() {
        return 0;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getParameters().containsKey("code")) {
            return problem;
        }
        ErrorCode code = ErrorCode.ofStatus(problem.getStatusCode());
        HttpProblem.Builder ours = HttpProblem.builder(problem)
                .withType(code.type())
                .withTitle(code.title())
                .with("code", code.code());
        return ours.build();
    }
}
