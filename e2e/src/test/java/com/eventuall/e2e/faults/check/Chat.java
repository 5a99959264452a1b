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
 * One conversation per room at the vendor ({@code end-twilio}); acknowledged reactions stand in the end
 * ({@code end-reactions}); exactly those who wait have an open vetting ({@code end-vetting} against {@code end-queue}), and
 * every vetting that was opened and is not open any more was closed once.
 */
final class Chat implements Rule {
    private final Map<String, Map<String, JsonNode>> toggles = new TreeMap<>();
    private final List<Fact> reactions = new ArrayList<>();
    private final Map<String, Set<String>> requests = new TreeMap<>();
    private final Map<String, TreeMap<Long, Fact>> stageFacts = new TreeMap<>();
    private final Map<String, Set<String>> closings = new HashMap<>();
    private final Map<String, Set<String>> vettings = new TreeMap<>();
    private final Map<String, JsonNode> queues = new HashMap<>();
    private final Set<String> eventIds = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();
    private int wipes;

    @Override
    public void see(Fact fact) {
        switch (fact.kind()) {
            case "fault" -> wipes += fact.data().path("what").asText().equals("wiped") ? 1 : 0;
            case "toggled" ->
                toggles.computeIfAbsent(
                                fact.room() + " " + fact.data().get("message").asText(), key -> new TreeMap<>())
                        .put(
                                fact.who() + " " + fact.data().get("emoji").asText(),
                                fact.data().get("reacted"));
            case "end-reactions" -> reactions.add(fact);
            case "end-queue" -> queues.put(fact.room(), fact.data());
            case "end-vetting" -> {
                Set<String> open = new TreeSet<>();
                fact.data().forEach(one -> open.add(one.get("userId").asText()));
                vettings.put(fact.room(), open);
            }
            case "end-twilio" -> conversations(fact.data());
            case "event" -> event(fact);
            default -> {}
        }
    }

    private void event(Fact fact) {
        String topic = fact.data().get("topic").asText();
        if (!eventIds.add(
                fact.data().get("source").asText() + fact.data().get("id").asText())) {
            return;
        }
        JsonNode payload = fact.data().get("payload");
        String request = payload.path("userId").asText() + " "
                + payload.path("requestId").asText();
        if (topic.equals("stage-requested")) {
            requests.computeIfAbsent(fact.room(), room -> new TreeSet<>()).add(request);
        }
        if (Set.of("stage-requested", "stage-entered", "stage-withdrawn").contains(topic)) {
            long order = wipes * 1_000_000_000L + fact.data().get("sequence").asLong();
            stageFacts.computeIfAbsent(fact.room(), room -> new TreeMap<>()).put(order, fact);
        }
        if (topic.equals("vetting-closed")
                && !closings.computeIfAbsent(fact.room(), room -> new HashSet<>())
                        .add(request)) {
            violations.add(new Violation("vetting-closed-twice", fact.room(), request));
        }
    }

    private void conversations(JsonNode twilio) {
        Set<String> names = new HashSet<>();
        for (JsonNode conversation : twilio.path("conversations")) {
            String name = conversation.path("unique_name").asText();
            if (!name.isEmpty() && !names.add(name)) {
                violations.add(new Violation("second-conversation", name, "two conversations have this name"));
            }
        }
    }

    @Override
    public List<Violation> end() {
        reactions.forEach(this::reactions);
        vettings.forEach(this::vetting);
        return violations;
    }

    private void reactions(Fact fact) {
        String message = fact.data().get("message").asText();
        JsonNode stored = fact.data().path("reactions");
        toggles.getOrDefault(fact.room() + " " + message, Map.of()).forEach((key, reacted) -> {
            if (reacted.isNull()) {
                return;
            }
            String userId = key.substring(0, key.indexOf(' '));
            String emoji = key.substring(key.indexOf(' ') + 1);
            boolean stands = false;
            for (JsonNode one : stored.path(emoji)) {
                stands |= one.asText().equals(userId);
            }
            if (stands != reacted.asBoolean()) {
                violations.add(new Violation(
                        "reaction-lost",
                        fact.room(),
                        userId + " " + emoji + " should be " + reacted + ", is " + stands));
            }
        });
    }

    private void vetting(String room, Set<String> open) {
        Map<String, Boolean> waits = new TreeMap<>();
        stageFacts
                .getOrDefault(room, new TreeMap<>())
                .values()
                .forEach(fact -> waits.put(
                        fact.data().get("payload").get("userId").asText(),
                        fact.data().get("topic").asText().equals("stage-requested")));
        Set<String> expected = new TreeSet<>();
        waits.forEach((userId, waiting) -> {
            if (waiting) {
                expected.add(userId);
            }
        });
        if (!open.equals(expected)) {
            violations.add(new Violation("vetting-differs", room, "waiting " + expected + ", being vetted " + open));
        }
        Set<String> unclosed = new TreeSet<>(requests.getOrDefault(room, Set.of()));
        unclosed.removeAll(closings.getOrDefault(room, Set.of()));
        unclosed.removeIf(request -> open.contains(request.substring(0, request.indexOf(' '))));
        if (!unclosed.isEmpty()) {
            violations.add(new Violation("vetting-not-closed", room, unclosed.toString()));
        }
    }
}
