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
 * In the end all clients of a room have one and the same state, and it is the true one: present are those with an open socket,
 * nobody else (a ghost) and nobody less; the queue in it is the queue-service's ({@code end-queue}: {@code pending},
 * {@code live}), and so is every Yjs document ({@code end-document}).
 */
final class Agreement implements Rule {
    private final Map<String, View> views = new HashMap<>();
    private final Map<String, Map<String, String>> openByRoom = new TreeMap<>();
    private final Map<String, Set<String>> people = new HashMap<>();
    private final Map<String, JsonNode> queues = new HashMap<>();
    private final List<Fact> documents = new ArrayList<>();

    @Override
    public void see(Fact fact) {
        switch (fact.kind()) {
            case "opened" -> {
                sockets(fact).put(client(fact), fact.who());
                people.computeIfAbsent(fact.room(), room -> new HashSet<>()).add(fact.who());
            }
            case "closed" -> sockets(fact).remove(client(fact));
            case "snapshot", "patch" ->
                views.computeIfAbsent(fact.room() + " " + client(fact), key -> new View())
                        .take(fact);
            case "end-queue" -> queues.put(fact.room(), fact.data());
            case "end-document" -> documents.add(fact);
            default -> {}
        }
    }

    private Map<String, String> sockets(Fact fact) {
        return openByRoom.computeIfAbsent(fact.room(), room -> new TreeMap<>());
    }

    private static String client(Fact fact) {
        return fact.who() + " " + fact.data().path("client").asText();
    }

    @Override
    public List<Violation> end() {
        List<Violation> violations = new ArrayList<>();
        openByRoom.forEach((room, sockets) -> room(room, sockets, violations));
        for (Fact document : documents) {
            JsonNode queue = queues.get(document.room());
            if (queue != null && !document.data().equals(queue)) {
                violations.add(new Violation(
                        "document-differs",
                        document.room(),
                        document.who() + " has " + document.data() + ", the service " + queue));
            }
        }
        return violations;
    }

    private void room(String room, Map<String, String> sockets, List<Violation> violations) {
        Set<String> truth = new TreeSet<>(sockets.values());
        String first = null;
        for (String client : sockets.keySet()) {
            View view = views.get(room + " " + client);
            if (view == null) {
                violations.add(new Violation("state-differs", room, client + " never saw a state"));
                continue;
            }
            String state = view.canonical();
            if (first == null) {
                first = state;
                truth(room, view, truth, violations);
            } else if (!state.equals(first)) {
                violations.add(new Violation("state-differs", room, client + " has " + state + " instead of " + first));
            }
        }
    }

    private void truth(String room, View view, Set<String> truth, List<Violation> violations) {
        Set<String> ghosts = new TreeSet<>(view.present());
        ghosts.removeAll(truth);
        if (!ghosts.isEmpty()) {
            violations.add(new Violation("ghost", room, "shown as present without a socket: " + ghosts));
        }
        Set<String> missing = new TreeSet<>(truth);
        missing.removeAll(view.present());
        if (!missing.isEmpty()) {
            violations.add(new Violation("missing-person", room, "has a socket, not shown as present: " + missing));
        }
        JsonNode queue = queues.get(room);
        if (queue == null) {
            return;
        }
        for (String list : List.of("pending", "live")) {
            List<String> expected = new ArrayList<>();
            queue.get(list).forEach(userId -> expected.add(userId.asText()));
            if (!view.list(list).equals(expected)) {
                violations.add(new Violation(
                        "queue-differs", room, list + " is " + expected + ", clients see " + view.list(list)));
            }
            if (list.equals("live") && !view.stage().keySet().equals(new TreeSet<>(expected))) {
                violations.add(new Violation(
                        "stage-differs", room, "on stage are " + expected + ", clients see " + view.stage()));
            }
        }
    }
}
