package com.eventuall.queue;

import com.eventuall.contracts.CloseCode;

/** The outside of one socket, as a room sees it. Called on the room's thread; must not block. */
public interface Subscriber {

    /** Sends a frame, or gives the socket up if it cannot take more. The array is shared and must not be changed. */
    void send(byte[] frame);

    void close(CloseCode code);

    String userId();

    /** Display name. */
    String name();

    /** The role on the wire. */
    String role();

    /** Whether this one may edit. */
    boolean mayEdit();
}
