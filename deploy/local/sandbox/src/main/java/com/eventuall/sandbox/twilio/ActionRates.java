package com.eventuall.sandbox.twilio;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The vendor's limit of 30 actions a second, per conversation and, for making and deleting conversations, per service. */
final class ActionRates {
    private static final int PER_SECOND = 30;
    private static final long WINDOW_MILLIS = 1000;

    private final Clock clock;
    private final boolean enforced;
    private final Map<String, Deque<Long>> recent = new HashMap<>();
    private int highest;

    /** @param enforced otherwise actions are only counted */
    ActionRates(Clock clock, boolean enforced) {
        this.clock = clock;
        this.enforced = enforced;
    }

    /** Counts an action on something, or refuses it. */
    void act(String what) {
        long now = clock.millis();
        Deque<Long> actions = recent.computeIfAbsent(what, key -> new ArrayDeque<>());
        while (!actions.isEmpty() && actions.peekFirst() <= now - WINDOW_MILLIS) {
            actions.removeFirst();
        }
        if (enforced && actions.size() >= PER_SECOND) {
            throw TwilioError.TOO_MANY_REQUESTS.refuse();
        }
        actions.addLast(now);
        highest = Math.max(highest, actions.size());
    }

    /** The most actions on one thing within a second so far. */
    int highest() {
        return highest;
    }

    void clear() {
        recent.clear();
        highest = 0;
    }
}
