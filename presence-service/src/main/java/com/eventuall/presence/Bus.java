package com.eventuall.presence;

import com.eventuall.contracts.RoomKey;
import java.util.List;

/** What nodes tell each other as it happens. A hint: messages may be lost, doubled or late; the store has the truth. */
public interface Bus {
    /** Names one who hears everything; called once, at the start. */
    void listen(Listener listener);

    /** Called on one thread, which must not be blocked. */
    interface Listener {
        /** Whether steps of this room are of interest; others are not even taken apart. */
        boolean follows(RoomKey room);

        /** A room has changed. */
        void stepped(RoomKey room, Step step);

        /** These sockets, on whatever node, had to make room for newer ones of the same person. */
        void evicted(RoomKey room, List<String> connectionIds);

        /** Messages may have been missed: everything is to be compared with the store. */
        void reconnected();
    }
}
