package com.eventuall.presence;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole shared state of one room. Mutable, for one thread. People are kept in the order of their ids, because pages and
 * the lite view are cut from that order.
 */
public final class RoomState {
    private final NavigableMap<String, Participant> people = new TreeMap<>();
    private final Map<String, Stay> stage = new HashMap<>();
    private final Map<String, Pin> pins = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private Facts facts = Facts.NONE;
    private Counts counts = Counts.NONE;

    /** Applies {@code delta} in place. */
    public void merge(RoomDelta delta) {
        mergeInto(people, delta.people());
        mergeInto(stage, delta.stage());
        mergeInto(pins, delta.pins());
        sequences.putAll(delta.sequences());
        facts = facts.then(delta.facts());
        Counts changed = delta.counts();
        if (changed != null) {
            counts = changed;
        }
    }

    /** The delta that builds this state from nothing. */
    public RoomDelta asDelta() {
        return RoomDelta.between(new RoomState(), this);
    }

    /**
     * What a mere viewer of a large room is shown: everything but the people, of whom only the first {@code page} and those
     * on stage.
     */
    public RoomState lite(int page) {
        RoomState lite = new RoomState();
        for (Map.Entry<String, Participant> entry : people.entrySet()) {
            if (lite.people.size() == page) {
                break;
            }
            lite.people.put(entry.getKey(), entry.getValue());
        }
        for (String userId : stage.keySet()) {
            Participant onStage = people.get(userId);
            if (onStage != null) {
                lite.people.put(userId, onStage);
            }
        }
        lite.stage.putAll(stage);
        lite.pins.putAll(pins);
        lite.facts = facts;
        lite.counts = counts;
        return lite;
    }

    /** People by user id, in that order; a live view. */
    public NavigableMap<String, Participant> people() {
        return Collections.unmodifiableNavigableMap(people);
    }

    /** The person, or null if not known here. */
    public @Nullable Participant person(String userId) {
        return people.get(userId);
    }

    /** Who is on stage; a live view. */
    public Map<String, Stay> stage() {
        return Collections.unmodifiableMap(stage);
    }

    /** What is pinned; a live view. */
    public Map<String, Pin> pins() {
        return Collections.unmodifiableMap(pins);
    }

    /** What other services said. */
    public Facts facts() {
        return facts;
    }

    /** How many people there are. */
    public Counts counts() {
        return counts;
    }

    /** The newest event sequence taken per subject; a live view. */
    public Map<String, Long> sequences() {
        return Collections.unmodifiableMap(sequences);
    }

    private static <V> void mergeInto(Map<String, V> target, Map<String, @Nullable V> changes) {
        changes.forEach((id, value) -> {
            if (value == null) {
                target.remove(id);
            } else {
                target.put(id, value);
            }
        });
    }
}
