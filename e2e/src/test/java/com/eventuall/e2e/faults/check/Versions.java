package com.eventuall.e2e.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every client gets every version once and in order: a patch begins at the version that the client has, and goes on from it. A
 * snapshot of the same epoch never goes back behind what the client has seen.
 */
final class Versions implements Rule {
    private record Seen(String epoch, long version) {}

    private final Map<String, Seen> clients = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    @Override
    public void see(Fact fact) {
        if (fact.kind().equals("snapshot")) {
            snapshot(fact);
        } else if (fact.kind().equals("patch")) {
            patch(fact);
        }
    }

    private void snapshot(Fact fact) {
        Seen now = new Seen(
                fact.data().get("epoch").asText(), fact.data().get("version").asLong());
        Seen before = clients.put(key(fact), now);
        if (before != null && before.epoch().equals(now.epoch()) && now.version() < before.version()) {
            add("version-back", fact, "snapshot of " + now.version() + " after " + before.version());
        }
    }

    private void patch(Fact fact) {
        Seen before = clients.get(key(fact));
        long from = fact.data().get("from").asLong();
        long version = fact.data().get("version").asLong();
        if (before == null) {
            add("version-lost", fact, "patch before any snapshot");
            return;
        }
        if (from > before.version()) {
            add("version-lost", fact, "patch from " + from + " at " + before.version());
        } else if (from < before.version()) {
            add("version-doubled", fact, "patch from " + from + " at " + before.version());
        }
        if (version <= from) {
            add("version-back", fact, "patch from " + from + " to " + version);
        }
        clients.put(key(fact), new Seen(before.epoch(), version));
    }

    private static String key(Fact fact) {
        return fact.room() + " " + fact.who() + " " + fact.data().path("client").asText();
    }

    private void add(String kind, Fact fact, String text) {
        violations.add(new Violation(kind, fact.room(), fact.who() + ": " + text));
    }

    @Override
    public List<Violation> end() {
        return violations;
    }
}
