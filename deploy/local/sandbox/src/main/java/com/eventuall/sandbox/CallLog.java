package com.eventuall.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest calls of one vendor's API, oldest first: when each came, and which switch it met. Belongs to the server's event loop. */
public final class CallLog {
    private static final int KEPT = 1000;
    private static final int UNDER_WAY = 300;
    private static final int TIMER = 50;

    private final Clock clock;
    private final Deque<JsonObject> calls = new ArrayDeque<>();

    CallLog(Clock clock) {
        this.clock = clock;
    }

    void add(String operation, String path, Optional<Fault> fault) {
        if (calls.size() == KEPT) {
            calls.removeFirst();
        }
        JsonObject call = new JsonObject()
                .put("at", clock.millis())
                .put("operation", operation)
                .put("path", path);
        fault.ifPresent(met -> call.put("effect", met.effect())
                .put("status", met.status())
                .put("retryAfterSeconds", met.retryAfterSeconds()));
        calls.add(call);
    }

    /** An array of objects with {@code at} (ms), {@code operation}, {@code path} and, if a switch was met, what it says. */
    public JsonArray toJson() {
        JsonArray list = new JsonArray();
        calls.forEach(call -> list.add(call.copy()));
        return list;
    }

    /**
     * Those of such calls that came although an earlier one had been refused until later. A call may have been sent before the
     * refusal was read, and a timer may be a little early: {@value #UNDER_WAY} ms after the one, {@value #TIMER} ms before the
     * other do not count.
     */
    public static List<JsonObject> hasty(JsonArray calls) {
        List<JsonObject> hasty = new ArrayList<>();
        long refusedAt = 0;
        long until = 0;
        for (Object each : calls) {
            JsonObject call = (JsonObject) each;
            long at = call.getLong("at");
            if (at > refusedAt + UNDER_WAY && at < until - TIMER) {
                hasty.add(call);
            }
            if (call.getInteger("retryAfterSeconds") != null) {
                refusedAt = at;
                until = at + 1000L * call.getInteger("retryAfterSeconds");
            }
        }
        return hasty;
    }
}
