package com.eventuall.queue;

import com.eventuall.yjs.protocol.AwarenessEntry;
import com.eventuall.yjs.protocol.AwarenessStates;
import com.eventuall.yjs.protocol.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who has the queue open just now, as they say themselves, on all replicas. A socket speaks only for itself: it owns the
 * session ids it named first, and its name and role come from its pass. Lives on the room's thread.
 */
final class RoomAwareness {

    static final int MAX_STATE_LENGTH = 4_096;

    /** A browser has one; a second one may come from a reconnect inside the same socket library. */
    private static final int MAX_IDS_PER_SOCKET = 4;

    private final Room room;
    private final AwarenessStamp stamp;
    private final AwarenessStates states = new AwarenessStates();
    private final Map<Long, Subscriber> owners = new HashMap<>();

    RoomAwareness(Room room, AwarenessStamp stamp) {
        this.room = room;
        this.stamp = stamp;
    }

    /** What a socket says of itself. It always hears an answer: clients that hear nothing for 30 s reconnect. */
    void receive(Subscriber from, Collection<AwarenessEntry> entries) {
        List<AwarenessEntry> own = entries.stream()
                .map(entry -> stamped(from, entry))
                .filter(Objects::nonNull)
                .toList();
        if (!from.mayEdit() && states.size() >= room.settings().maxAwarenessStates()) {
            from.send(new Message.Awareness(own).encode());
            return;
        }
        List<AwarenessEntry> news = states.apply(own, room.loop().now());
        if (news.isEmpty()) {
            from.send(new Message.Awareness(states.present()).encode());
        } else {
            Message told = new Message.Awareness(news);
            room.broadcast(told);
            room.store().tell(room.key(), told.encode());
        }
    }

    private @Nullable AwarenessEntry stamped(Subscriber from, AwarenessEntry entry) {
        if (entry.state().length() > MAX_STATE_LENGTH || !mayOwn(from, entry.client())) {
            return null;
        }
        if (entry.gone()) {
            return entry;
        }
        String stamped = stamp.stamp(entry.state(), from);
        return stamped == null ? null : new AwarenessEntry(entry.client(), entry.clock(), stamped);
    }

    private boolean mayOwn(Subscriber from, long client) {
        Subscriber owner = owners.get(client);
        if (owner == null && owners.values().stream().filter(from::equals).count() < MAX_IDS_PER_SOCKET) {
            owners.put(client, from);
            return true;
        }
        return from.equals(owner);
    }

    /** A socket is closed: its sessions have gone. */
    void closed(Subscriber subscriber) {
        List<Long> ids = owners.entrySet().stream()
                .filter(owned -> owned.getValue().equals(subscriber))
                .map(Map.Entry::getKey)
                .toList();
        ids.forEach(owners::remove);
        farewell(states.remove(ids), true);
    }

    /** What another replica says. */
    void hear(Message message) {
        if (message instanceof Message.Awareness awareness) {
            farewell(states.apply(awareness.entries(), room.loop().now()), false);
        } else if (message instanceof Message.QueryAwareness) {
            List<AwarenessEntry> ours = new ArrayList<>(states.present());
            ours.removeIf(entry -> !owners.containsKey(entry.client()));
            if (!ours.isEmpty()) {
                room.store().tell(room.key(), new Message.Awareness(ours).encode());
            }
        }
    }

    /** Asks the other replicas who is there. */
    void query() {
        room.store().tell(room.key(), new Message.QueryAwareness().encode());
    }

    void expire() {
        farewell(states.expire(room.loop().now()), false);
    }

    /** What a new socket must hear; nobody is nothing. */
    byte @Nullable [] present() {
        List<AwarenessEntry> present = states.present();
        return present.isEmpty() ? null : new Message.Awareness(present).encode();
    }

    private void farewell(List<AwarenessEntry> entries, boolean tellOthers) {
        if (!entries.isEmpty()) {
            Message told = new Message.Awareness(entries);
            room.broadcast(told);
            if (tellOthers) {
                room.store().tell(room.key(), told.encode());
            }
        }
    }
}
