package com.eventuall.platform.events;

/**
 * A record that is not an event of ours. It will never become one, so it goes to the dead letters at once. The message says
 * what is wrong without repeating the payload.
 */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }
}
