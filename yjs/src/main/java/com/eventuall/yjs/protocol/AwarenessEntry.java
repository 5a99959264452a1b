package com.eventuall.yjs.protocol;

/**
 * The state of one session at one time.
 *
 * @param client the session's client id
 * @param clock counts the session's states; a higher one replaces a lower one
 * @param state JSON text, not checked; the text {@code null} says that the session has gone
 */
public record AwarenessEntry(long client, long clock, String state) {

    public static final String GONE = "null";

    public boolean gone() {
        return state.equals(GONE);
    }

    AwarenessEntry asGone() {
        return new AwarenessEntry(client, clock, GONE);
    }
}
