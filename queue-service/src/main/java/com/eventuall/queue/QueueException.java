package com.eventuall.queue;

import com.eventuall.contracts.ErrorCode;

/** An operation on a queue was refused, or could not be made durable. */
public final class QueueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** @param detail for the caller; no values from the request */
    public QueueException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
