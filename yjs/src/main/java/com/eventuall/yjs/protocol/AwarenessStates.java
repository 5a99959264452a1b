package com.eventuall.yjs.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last known state of every session, by the rules of y-protocols: a state counts if its clock is higher than the
 * known one, a farewell also if it is equal, and a session that is not heard of for 30 s has gone. Not thread safe.
 */
public final class AwarenessStates {

    /** Sessions renew their state every 15 s. */
    public static final long OUTDATED_AFTER_MILLIS = 30_000;

    private record Known(AwarenessEntry entry, long heardAt) {}

    /** Includes sessions that said farewell, so that a late message does not bring them back. */
    private final Map<Long, Known> known = new LinkedHashMap<>();

    /** Takes over what is new and returns it: that is what others must hear. */
    public List<AwarenessEntry> apply(Collection<AwarenessEntry> entries, long now) {
        List<AwarenessEntry> accepted = new ArrayList<>();
        for (AwarenessEntry entry : entries) {
            Known before = known.get(entry.client());
            if (isNews(before, entry)) {
                known.put(entry.client(), new Known(entry, now));
                accepted.add(entry);
            }
        }
        return accepted;
    }

    private static boolean isNews(@Nullable Known before, AwarenessEntry entry) {
        if (before == null) {
            return !entry.gone();
        }
        return before.entry.clock() < entry.clock()
                || (before.entry.clock() == entry.clock() && entry.gone() && !before.entry.gone());
    }

    /** The sessions have gone without a word. Returns the farewells that others must hear. */
    public List<AwarenessEntry> remove(Collection<Long> clients) {
        List<AwarenessEntry> farewells = new ArrayList<>();
        for (long client : clients) {
            Known before = known.get(client);
            if (before != null && !before.entry.gone()) {
                farewells.add(before.entry.asGone());
                known.put(client, new Known(before.entry.asGone(), before.heardAt));
            }
        }
        return farewells;
    }

    /** Removes sessions that were not heard of for too long, and forgets those that have gone. */
    public List<AwarenessEntry> expire(long now) {
        List<Long> silent = new ArrayList<>();
        known.values().removeIf(state -> state.entry.gone() && now - state.heardAt >= OUTDATED_AFTER_MILLIS);
        known.forEach((client, state) -> {
            if (now - state.heardAt >= OUTDATED_AFTER_MILLIS) {
                silent.add(client);
            }
        });
        return remove(silent);
    }

    /** The states of all sessions that are here. */
    public List<AwarenessEntry> present() {
        return known.values().stream()
                .map(Known::entry)
                .filter(entry -> !entry.gone())
                .toList();
    }

    public int size() {
        return known.size();
    }
}
