package com.eventuall.contracts;

/** An id that breaks its rule. The message names the rule, never the value, so that it is safe to show and to log. */
public final class InvalidIdException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidIdException(String message) {
        super(message);
    }
}
