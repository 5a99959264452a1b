package com.eventuall.presence;

import com.eventuall.contracts.CloseCode;

/**
 * The sockets of one room on this node. A connection that is admitted follows the broadcasts of its view; one that reads too
 * slowly is left out, asks {@link LiveRoom#catchUp} when it can take more, and is admitted again with what it missed.
 * Calls come from the room's thread, and each connection sees them in that order.
 */
public interface Audience {
    /** Tells all who are at the update's base; snapshots go to all. */
    void broadcast(View view, Update update);

    /** Tells one connection, which from now on follows {@code view}. */
    void admit(String connectionId, View view, Update update);

    /** Lets a connection follow {@code view} from {@code version} on, which it already has. */
    void admitAt(String connectionId, View view, long version);

    /** Closes a connection. */
    void close(String connectionId, CloseCode code);
}
