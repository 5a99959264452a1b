package com.eventuall.sandbox;

import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The switches of one vendor that are not used up. Belongs to the server's event loop. */
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();
    private final CallLog calls = new CallLog(Clock.systemUTC());

    public void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    public void clear() {
        armed.clear();
    }

    /** How many times the faults for this operation will still hit. */
    public int armed(String operation) {
        return armed.stream()
                .filter(one -> one.fault.operation().equals(operation))
                .mapToInt(one -> one.left)
                .sum();
    }

    /**
     * The oldest fault for this operation whose {@code match} is part of the text; it is counted as used.
     *
     * @param text path and body of a request or webhook, or an object's JSON
     */
    public Optional<Fault> take(String operation, String text) {
        return takeFirst(fault -> fault.matches(operation, text));
    }

    /** As {@link #take(String, String)}, but only a fault of this effect. */
    public Optional<Fault> take(String operation, String effect, String text) {
        return takeFirst(fault -> fault.effect().equals(effect) && fault.matches(operation, text));
    }

    private Optional<Fault> takeFirst(Predicate<Fault> wanted) {
        for (Iterator<Armed> all = armed.iterator(); all.hasNext(); ) {
            Armed candidate = all.next();
            if (wanted.test(candidate.fault)) {
                candidate.left--;
                if (candidate.left == 0) {
                    all.remove();
                }
                return Optional.of(candidate.fault);
            }
        }
        return Optional.empty();
    }

    /** The calls that consulted the switches. */
    public CallLog calls() {
        return calls;
    }

    JsonArray toJson() {
        JsonArray list = new JsonArray();
        armed.forEach(one -> list.add(one.fault.toJson(one.left)));
        return list;
    }

    private static final class Armed {
        private final Fault fault;
        private int left;

        Armed(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }
}
