package com.eventuall.presence;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a room. Values are whole new values, null where the entry is gone; thus applying a delta twice, or one
 * that spans versions already applied, does no harm as long as its end is not older than what is there. Treat as immutable.
 *
 * @param people by user id
 * @param stage by user id
 * @param pins by track sid
 * @param facts only those that changed
 * @param counts the new counts, null if as before
 * @param sequences the newest event sequence taken per subject; never sent to clients
 */
public record RoomDelta(
        Map<String, @Nullable Participant> people,
        Map<String, @Nullable Stay> stage,
        Map<String, @Nullable Pin> pins,
        Facts facts,
        @Nullable Counts counts,
        Map<String, Long> sequences) {
    public static final RoomDelta NONE = new RoomDelta(Map.of(), Map.of(), Map.of(), Facts.NONE, null, Map.of());

    /** Whether clients would see nothing of it. */
    public boolean isEmpty() {
        return people.isEmpty() && !hasFacts() && counts == null;
    }

    /** Whether anything but people and counts changed: these are told sooner, and to everybody. */
    public boolean hasFacts() {
        return !stage.isEmpty() || !pins.isEmpty() || !facts.equals(Facts.NONE);
    }

    /** One delta with the effect of this one and then {@code later}. */
    public RoomDelta then(RoomDelta later) {
        return new RoomDelta(
                overlay(people, later.people),
                overlay(stage, later.stage),
                overlay(pins, later.pins),
                facts.then(later.facts),
                later.counts == null ? counts : later.counts,
                overlay(sequences, later.sequences));
    }

    /** The delta that turns {@code from} into {@code to}. */
    public static RoomDelta between(RoomState from, RoomState to) {
        return new RoomDelta(
                difference(from.people(), to.people()),
                difference(from.stage(), to.stage()),
                difference(from.pins(), to.pins()),
                to.facts().since(from.facts()),
                to.counts().equals(from.counts()) ? null : to.counts(),
                to.sequences());
    }

    private static <V extends @Nullable Object> Map<String, V> overlay(Map<String, V> earlier, Map<String, V> later) {
        if (later.isEmpty()) {
            return earlier;
        }
        if (earlier.isEmpty()) {
            return later;
        }
        Map<String, V> both = new HashMap<>(earlier);
        both.putAll(later);
        return both;
    }

    private static <V> Map<String, @Nullable V> difference(Map<String, V> from, Map<String, V> to) {
        Map<String, @Nullable V> changed = new HashMap<>();
        to.forEach((id, value) -> {
            if (!Objects.equals(value, from.get(id))) {
                changed.put(id, value);
            }
        });
        from.keySet().forEach(id -> {
            if (!to.containsKey(id)) {
                changed.put(id, null);
            }
        });
        return changed;
    }
}
