package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Entering and leaving the stage alternate per person, a stay begins once and ends once, and what is left is the live list
 * ({@code end-queue}).
 */
final class Stays implements Rule {
    private final Map<String, TreeMap<Long, Fact>> byRoom = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, JsonNode> queues = new HashMap<>();
    private int wipes;

    @Override
    public void see(Fact fact) {
        if (fact.kind().equals("fault") && fact.data().path("what").asText().equals("wiped")) {
            wipes++;
        } else if (fact.kind().equals("end-queue")) {
            queues.put(fact.room(), fact.data());
        } else if (fact.kind().equals("event")
                && (is(fact, "stage-entered") || is(fact, "stage-exited"))
                && ids.add(fact.data().get("id").asText())) {
            // Numbers may begin anew when the store is empty; such facts stand behind all others.
            long order = wipes * 1_000_000_000L + fact.data().get("sequence").asLong();
            byRoom.computeIfAbsent(fact.room(), room -> new TreeMap<>()).put(order, fact);
        }
    }

    private static boolean is(Fact fact, String topic) {
        return fact.data().get("topic").asText().equals(topic);
    }

    @Override
    public List<Violation> end() {
        List<Violation> violations = new ArrayList<>();
        byRoom.forEach((room, facts) -> {
            Map<String, String> onStage = fold(room, facts.values(), violations);
            JsonNode queue = queues.get(room);
            if (queue != null) {
                Set<String> live = new TreeSet<>();
                queue.get("live").forEach(userId -> live.add(userId.asText()));
                if (!live.equals(new TreeSet<>(onStage.keySet()))) {
                    violations.add(new Violation(
                            "stays-differ",
                            room,
                            "events leave " + onStage.keySet() + " on stage, the list has " + live));
                }
            }
        });
        return violations;
    }

    private static Map<String, String> fold(String room, Iterable<Fact> facts, List<Violation> violations) {
        Map<String, String> onStage = new TreeMap<>();
        Set<String> begun = new HashSet<>();
        for (Fact fact : facts) {
            JsonNode payload = fact.data().get("payload");
            String userId = payload.get("userId").asText();
            String stay = payload.get("stayId").asText();
            if (is(fact, "stage-entered")) {
                String before = onStage.put(userId, stay);
                if (before != null) {
                    violations.add(new Violation(
                            "double-stay", room, userId + " enters with " + stay + " while on stage with " + before));
                }
                if (!begun.add(userId + " " + stay)) {
                    violations.add(new Violation("double-stay", room, userId + " begins " + stay + " twice"));
                }
            } else if (!stay.equals(onStage.remove(userId))) {
                violations.add(new Violation("exit-without-entry", room, userId + " ends " + stay));
            }
        }
        return onStage;
    }
}
