package com.eventuall.platform.auth;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The verified pass of the REST request at hand. */
@RequestScoped
public class CurrentPass {
    private @Nullable Pass pass;

    /** The pass. Every route but a {@link SignedRoute} has one. */
    public Pass get() {
        if (pass == null) {
            throw new ProblemException(ErrorCode.PASS_MISSING);
        }
        return pass;
    }

    void set(Pass verified) {
        this.pass = verified;
    }
}
