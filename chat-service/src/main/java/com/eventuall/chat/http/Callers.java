package com.eventuall.chat.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;

/** What a caller must be. */
final class Callers {
    private Callers() {}

    static void requireModerator(Pass pass) {
        if (!pass.role().moderates()) {
            throw new ProblemException(ErrorCode.NOT_A_MODERATOR);
        }
    }
}
