package com.eventuall.presence;

/** The store does not answer, or too much waits for it already. Nothing is known about the outcome. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException() {
        super("The shared state cannot be reached at the moment", null, false, false);
    }
}
