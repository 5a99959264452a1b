package com.eventuall.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one room on this node, and which of them have gone quiet. Members are kept in the order of their last
 * heartbeat, so looking for quiet ones costs what is found, not what is there.
 */
final class Crowd {
    private final Map<String, Member> members = new HashMap<>();
    private final LinkedHashMap<String, Member> lively = new LinkedHashMap<>();
    private final long awayAfter;

    Crowd(RoomSettings settings) {
        awayAfter = settings.awayAfter().toMillis();
    }

    void add(Member member) {
        members.put(member.joiner.connectionId(), member);
        lively.put(member.joiner.connectionId(), member);
    }

    @Nullable
    Member remove(String connectionId) {
        lively.remove(connectionId);
        return members.remove(connectionId);
    }

    @Nullable
    Member get(String connectionId) {
        return members.get(connectionId);
    }

    Collection<Member> all() {
        return members.values();
    }

    int size() {
        return members.size();
    }

    /** Notes a sign of life; returns whether the member's status changed. */
    boolean beat(Member member, Status status, long now) {
        String id = member.joiner.connectionId();
        member.lastBeat = now;
        lively.remove(id);
        if (status == Status.ONLINE) {
            lively.put(id, member);
        }
        boolean changed = member.status != status;
        member.status = status;
        return changed;
    }

    /** Marks those away whose last heartbeat is too long ago, and returns them. */
    List<Member> turnAway(long now) {
        List<Member> quiet = new ArrayList<>();
        for (Member oldest : lively.values()) {
            if (now - oldest.lastBeat < awayAfter) {
                break;
            }
            quiet.add(oldest);
        }
        for (Member member : quiet) {
            lively.remove(member.joiner.connectionId());
            member.status = Status.AWAY;
        }
        return quiet;
    }
}
