package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the queue said yes to is there in the end: the last acknowledged place of every person is their place in
 * {@code end-queue}, and nobody is there twice. Nor is a move of somebody whose place was acknowledged refused as if they had
 * none.
 */
final class AckedMoves implements Rule {
    private final Map<String, Map<String, String>> places = new TreeMap<>();
    private final Map<String, JsonNode> queues = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();

    @Override
    public void see(Fact fact) {
        Map<String, String> room = places.computeIfAbsent(fact.room(), key -> new TreeMap<>());
        switch (fact.kind()) {
            case "asked" -> room.remove(fact.who());
            case "acked" -> room.put(fact.who(), fact.data().get("place").asText());
            case "refused" ->
                violations.add(new Violation(
                        "acked-edit-lost", fact.room(), "moving " + fact.who() + " is refused with " + fact.data()));
            case "end-queue" -> queues.put(fact.room(), fact.data());
            default -> {}
        }
    }

    @Override
    public List<Violation> end() {
        queues.forEach((room, queue) -> {
            Map<String, String> actual = new TreeMap<>();
            for (String list : List.of("pending", "live")) {
                for (JsonNode userId : queue.get(list)) {
                    if (actual.put(userId.asText(), list) != null) {
                        violations.add(
                                new Violation("doubled-person", room, userId.asText() + " is in the queue twice"));
                    }
                }
            }
            places.getOrDefault(room, Map.of()).forEach((userId, place) -> {
                String now = actual.getOrDefault(userId, "none");
                if (!now.equals(place)) {
                    violations.add(
                            new Violation("acked-edit-lost", room, userId + " was put to " + place + ", is " + now));
                }
            });
        });
        return violations;
    }
}
