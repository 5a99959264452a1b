package com.eventuall.yjs.lib0;

/**
 * The bytes are not what they claim to be: truncated, a length beyond the input, an unknown tag, an impossible
 * reference. The only exception that decoding or applying foreign bytes throws. Without a stack trace, as an attacker
 * chooses how often it is made.
 */
public final class YjsFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong; holds no content of the input */
    public YjsFormatException(String message) {
        super(message, null, false, false);
    }
}
