package com.eventuall.presence;

/**
 * How many people of each status a room has, whether or not a client sees them one by one.
 *
 * @param online people online
 * @param away people away
 * @param offline people who are gone but remembered
 */
public record Counts(int online, int away, int offline) {
    public static final Counts NONE = new Counts(0, 0, 0);

    /** People with an open socket, or within their grace. */
    public int present() {
        return online + away;
    }
}
