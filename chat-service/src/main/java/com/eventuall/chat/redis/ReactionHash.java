package com.eventuall.chat.redis;

import com.eventuall.chat.ReactionStore.State;
import com.eventuall.chat.reactions.Reaction;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the hash that {@link RedisReactions} describes. */
final class ReactionHash {
    private static final String COUNT = "c:";
    private static final String PERSON = "u:";

    private ReactionHash() {}

    /** One person's reaction and the version at which it was made. */
    private record Entry(String userId, long version) {}

    static Optional<State> read(Response hash) {
        long version = 0;
        boolean loaded = false;
        Map<String, Long> counts = new HashMap<>();
        Map<String, List<Entry>> people = new HashMap<>();
        for (String field : hash.getKeys()) {
            String value = hash.get(field).toString();
            if (field.equals("loaded")) {
                loaded = true;
            } else if (field.equals("v")) {
                version = Long.parseLong(value);
            } else if (field.startsWith(COUNT)) {
                counts.put(field.substring(COUNT.length()), Long.valueOf(value));
            } else if (field.startsWith(PERSON)) {
                int end = field.indexOf('\n');
                people.computeIfAbsent(field.substring(PERSON.length(), end), emoji -> new ArrayList<>())
                        .add(new Entry(field.substring(end + 1), Long.parseLong(value)));
            }
        }
        return loaded ? Optional.of(new State(version, reactions(counts, people))) : Optional.empty();
    }

    /** In the order in which the first of each emoji reacted; those nobody is known of last. */
    private static List<Reaction> reactions(Map<String, Long> counts, Map<String, List<Entry>> people) {
        people.values().forEach(entries -> entries.sort(Comparator.comparingLong(Entry::version)));
        return counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Long> each) -> first(people.get(each.getKey())))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(each -> new Reaction(
                        each.getKey(),
                        people.getOrDefault(each.getKey(), List.of()).stream()
                                .map(Entry::userId)
                                .toList(),
                        each.getValue()))
                .toList();
    }

    private static long first(@org.jspecify.annotations.Nullable List<Entry> entries) {
        return entries == null ? Long.MAX_VALUE : entries.get(0).version();
    }
}
