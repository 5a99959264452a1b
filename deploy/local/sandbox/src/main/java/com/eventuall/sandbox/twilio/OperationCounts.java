package com.eventuall.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** How often each operation was called, refused calls included. */
final class OperationCounts {
    private final Map<String, Integer> counts = new TreeMap<>();

    void count(String operation) {
        counts.merge(operation, 1, Integer::sum);
    }

    void clear() {
        counts.clear();
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }
}
