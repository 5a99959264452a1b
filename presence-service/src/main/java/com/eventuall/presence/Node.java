package com.eventuall.presence;

import com.eventuall.contracts.RoomKey;

/** This process among the nodes that share the store. */
public interface Node {
    /** Its name, under which it holds a lease and its sockets are known. Changes when the lease was lost. */
    String id();

    /** The next number of a batch; never twice the same under one name. */
    long nextBatch();

    /** A name for a new epoch: unique, later ones sorting after earlier ones. */
    String freshEpoch();

    /** The store has given this node's sockets up. The node takes a new name and every room announces its sockets again. */
    void fenced(String id);

    /** Names what to do when the node has a new name: announce all sockets again. Called once, at the start. */
    void onRenamed(Runnable announce);

    /**
     * A room's store came back with other data than it had. Sockets in it may be of nodes that are long gone and forgotten, so
     * they are to be looked through.
     */
    void recovered(RoomKey room);

    /** Whether the store has answered lately. */
    boolean storeAnswers();
}
