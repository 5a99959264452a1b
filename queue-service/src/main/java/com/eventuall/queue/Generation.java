package com.eventuall.queue;

import com.eventuall.contracts.RoomKey;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.StateVector;
import com.eventuall.yjs.YMap;
import java.util.OptionalInt;

/**
 * The mark of a document's generation: its first struct, made under a client id that says the number. All replicas make the
 * same bytes, so nobody has to store them; and a browser that comes back with an older document gives itself away by its
 * state vector, before it can pour the old document into the new one.
 */
final class Generation {

    /** Above all ids that yjs takes at random (32 bits), below 2^53. */
    private static final long CLIENT_BASE = 1L << 52;

    private static final int SCHEMA = 1;

    private Generation() {}

    /** The update with which every document of this generation begins. */
    static byte[] mark(RoomKey room, int generation) {
        Doc doc = new Doc(() -> CLIENT_BASE + generation);
        doc.transact(() -> {
            YMap meta = doc.getMap("meta");
            meta.set("schema", SCHEMA);
            meta.set("event", room.eventId());
            meta.set("room", room.roomId());
            meta.set("generation", generation);
        });
        return doc.encodeStateAsUpdate();
    }

    /** The highest generation that a replica with this vector has seen; empty for one that never met a server. */
    static OptionalInt of(StateVector known) {
        return known.clocks().keySet().stream()
                .filter(client -> client > CLIENT_BASE && client - CLIENT_BASE <= Integer.MAX_VALUE)
                .mapToInt(client -> (int) (client - CLIENT_BASE))
                .max();
    }
}
