package com.eventuall.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The latest calls of one vendor's API, oldest first: when each came, and which switch it met. Belongs to the server's event loop. */
public final class CallLog {
    private static final int KEPT = 1000;

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
}
