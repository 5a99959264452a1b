package com.eventuall.queue;

/** Why the server changed somebody's place, where that cannot be read from the document. */
public final class Causes {

    /** A request was taken back by its own person. */
    public static final String WITHDRAWN = "withdrawn";

    /** Somebody who waits has been gone from the room for too long. */
    public static final String EXPIRED = "expired";

    /** Somebody on stage has been gone from the room for too long. */
    public static final String DISCONNECTED = "disconnected";

    /** The stage was full. */
    public static final String LIMIT = "limit";

    /** Taken off the stage, still in the queue. */
    static final String DEMOTED = "demoted";

    /** Taken out of the queue. */
    static final String REMOVED = "removed";

    private Causes() {}
}
