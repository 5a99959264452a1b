package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every acknowledged start leads to a recording that ends ({@code end-recording}: the service's answer), with one live stream
 * of its own; at the vendors nothing goes on without a recording ({@code end-mux}, {@code end-livekit}: the sandboxes' state).
 */
final class Recordings implements Rule {
    private static final Set<String> FINAL = Set.of("READY", "FAILED", "CANCELLED");

    private final Map<String, String> acked = new TreeMap<>();
    private final Map<String, JsonNode> ended = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<JsonNode> muxes = new ArrayList<>();

    @Override
    public void see(Fact fact) {
        switch (fact.kind()) {
            case "recording" -> acked.put(fact.who(), fact.room());
            case "end-recording" -> ended.put(fact.who(), fact.data());
            case "end-mux" -> muxes.add(fact.data());
            case "end-livekit" -> fact.data().path("egresses").forEach(this::egress);
            default -> {}
        }
    }

    private void egress(JsonNode egress) {
        String status = egress.path("status").asText("EGRESS_STARTING");
        if (Set.of("EGRESS_STARTING", "EGRESS_ACTIVE", "EGRESS_ENDING").contains(status)) {
            violations.add(new Violation(
                    "orphan-egress",
                    egress.path("roomName").asText(),
                    egress.path("egressId").asText() + " is " + status));
        }
    }

    @Override
    public List<Violation> end() {
        acked.forEach((id, room) -> {
            JsonNode recording = ended.get(id);
            if (recording == null) {
                violations.add(new Violation("recording-lost", room, id + " is not known any more"));
            } else if (!FINAL.contains(recording.path("state").asText())) {
                violations.add(new Violation(
                        "recording-stuck",
                        room,
                        id + " is " + recording.path("state").asText()));
            }
        });
        muxes.forEach(mux -> streams(mux));
        return violations;
    }

    private void streams(JsonNode mux) {
        Map<String, List<String>> byRecording = new TreeMap<>();
        for (JsonNode stream : mux.path("live_streams")) {
            String tag = stream.path("passthrough").asText();
            if (isGone(stream)) {
                continue;
            }
            if (Set.of("active", "idle").contains(stream.path("status").asText())) {
                violations.add(new Violation(
                        "orphan-stream",
                        tag,
                        stream.path("id").asText() + " is "
                                + stream.path("status").asText()));
            }
            byRecording
                    .computeIfAbsent(tag, key -> new ArrayList<>())
                    .add(stream.path("id").asText());
        }
        byRecording.forEach((tag, ids) -> {
            if (ids.size() > 1) {
                violations.add(new Violation("duplicate-stream", tag, "has streams " + new TreeSet<>(ids)));
            }
        });
    }

    private static boolean isGone(JsonNode thing) {
        return thing.path("deleted").asBoolean(false);
    }
}
