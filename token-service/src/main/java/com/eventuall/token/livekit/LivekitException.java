package com.eventuall.token.livekit;

import java.io.IOException;

/** LiveKit did not do what it was asked. */
public final class LivekitException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    private final boolean temporary;

    private LivekitException(String message, boolean temporary) {
        super(message);
        this.temporary = temporary;
    }

    static LivekitException answered(int status) {
        boolean temporary = status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == TIMEOUT;
        return new LivekitException("LiveKit answered " + status, temporary);
    }

    static LivekitException unreachable(Throwable cause) {
        LivekitException failure = new LivekitException("LiveKit cannot be reached", true);
        failure.initCause(cause);
        return failure;
    }

    /** Whether the same call may succeed later. */
    public boolean temporary() {
        return temporary;
    }
}
