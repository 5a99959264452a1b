package com.eventuall.presence;

import java.util.Locale;

/** How present a person is. The wire form is the lower-case name. */
public enum Status {
    /** At least one socket of theirs is open and lively. */
    ONLINE,
    /** Sockets are open, but none has shown life for a while, or the client said so. */
    AWAY,
    /** No socket is open and the grace is over. */
    OFFLINE;

    /** The form on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the form on the wire.
     *
     * @throws IllegalArgumentException if it is none of ours
     */
    public static Status of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
