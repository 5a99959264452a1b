package com.eventuall.sandbox.twilio;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Closes conversations after the time that {@code Timers.Closed} gives them. Setting it again starts it anew. */
final class Timers {
    private static final Duration SHORTEST_CLOSED = Duration.ofMinutes(10);
    private static final Duration SHORTEST_INACTIVE = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Clock clock;
    private final Conversations conversations;
    private final Map<String, Long> running = new HashMap<>();

    Timers(Vertx vertx, Clock clock, Conversations conversations) {
        this.vertx = vertx;
        this.clock = clock;
        this.conversations = conversations;
    }

    /** Refuses what the vendor refuses, before anything is changed. */
    static void check(MultiMap form) {
        duration(form.get("Timers.Closed"), SHORTEST_CLOSED);
        duration(form.get("Timers.Inactive"), SHORTEST_INACTIVE);
    }

    void apply(Conversation conversation, MultiMap form) {
        Duration inactive = duration(form.get("Timers.Inactive"), SHORTEST_INACTIVE);
        if (inactive != null) {
            conversation.setTimer("date_inactive", at(inactive));
        }
        Duration closed = duration(form.get("Timers.Closed"), SHORTEST_CLOSED);
        if (closed != null) {
            String sid = conversation.sid();
            conversation.setTimer("date_closed", at(closed));
            Long before = running.put(sid, vertx.setTimer(closed.toMillis(), timer -> conversations.closeByTimer(sid)));
            if (before != null) {
                vertx.cancelTimer(before);
            }
        }
    }

    void clear() {
        running.values().forEach(vertx::cancelTimer);
        running.clear();
    }

    private String at(Duration later) {
        return clock.instant().plus(later).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable Duration duration(@Nullable String text, Duration shortest) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(shortest) >= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw TwilioError.INVALID_PARAMETER.refuse("Timers");
        }
        throw TwilioError.INVALID_PARAMETER.refuse("Timers");
    }
}
