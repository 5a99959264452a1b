package com.eventuall.presence;

import org.jspecify.annotations.Nullable;

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

    /** These counts after one person went from {@code before} to {@code after}; null stands for not being there. */
    public Counts move(@Nullable Status before, @Nullable Status after) {
        return new Counts(
                online + step(Status.ONLINE, before, after),
                away + step(Status.AWAY, before, after),
                offline + step(Status.OFFLINE, before, after));
    }

    private static int step(Status status, @Nullable Status before, @Nullable Status after) {
        return (after == status ? 1 : 0) - (before == status ? 1 : 0);
    }
}
