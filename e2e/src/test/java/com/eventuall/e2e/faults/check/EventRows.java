package com.eventuall.e2e.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * No event is lost, and one id is one event. Each service numbers its events of a room without a gap, over all its topics, so
 * a missing number is a lost event. After a loss of the store's data ({@code fault} with {@code what} = {@code wiped}) numbers
 * of the services that keep theirs there begin anew, so nothing can be said about theirs.
 */
final class EventRows implements Rule {
    private final Map<String, TreeMap<Long, String>> rows = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private boolean wiped;

    @Override
    public void see(Fact fact) {
        if (fact.kind().equals("fault") && fact.data().path("what").asText().equals("wiped")) {
            wiped = true;
        }
        if (!fact.kind().equals("event") || fact.data().path("sequence").asLong(-1) < 0) {
            return;
        }
        String source = fact.data().get("source").asText();
        String id = fact.data().get("id").asText();
        long sequence = fact.data().get("sequence").asLong();
        String content = fact.data().get("topic").asText() + " " + sequence + " "
                + fact.data().get("payload");
        String before = ids.putIfAbsent(source + " " + id, content);
        if (before != null && !before.equals(content)) {
            violations.add(new Violation(
                    "event-changed", fact.room(), source + " says under one id " + before + " and " + content));
        }
        rows.computeIfAbsent(source + " " + fact.room(), key -> new TreeMap<>()).put(sequence, id);
    }

    @Override
    public List<Violation> end() {
        rows.forEach((row, numbers) -> {
            String source = row.substring(0, row.indexOf(' '));
            boolean inRedis = source.endsWith("presence-service") || source.endsWith("queue-service");
            long span = numbers.lastKey() - numbers.firstKey() + 1;
            if (span != numbers.size() && !(wiped && inRedis)) {
                violations.add(new Violation("event-lost", row.substring(row.indexOf(' ') + 1), gaps(source, numbers)));
            }
        });
        return violations;
    }

    private static String gaps(String source, TreeMap<Long, String> numbers) {
        TreeSet<Long> missing = new TreeSet<>();
        for (long n = numbers.firstKey(); n < numbers.lastKey() && missing.size() < 20; n++) {
            if (!numbers.containsKey(n)) {
                missing.add(n);
            }
        }
        return source + " has no events number " + missing + " of " + numbers.firstKey() + ".." + numbers.lastKey();
    }
}
