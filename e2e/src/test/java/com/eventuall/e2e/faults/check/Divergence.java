package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long a connected client saw something else than what was true: a person as present who has no socket, or the other way
 * round, and a person in another place of the queue than the one that was acknowledged. Breaks no promise by itself; each fault
 * has its own limit. Watches the first {@link #MOST_WATCHED} clients of a room; further ones are a crowd that sees what they see.
 */
public final class Divergence implements Rule {
    private static final int MOST_WATCHED = 64;

    private final Map<String, Room> rooms = new HashMap<>();
    private long longestPresence;
    private long longestQueue;
    private String worst = "";
    private long last;

    private static final class Room {
        private final Map<String, View> open = new HashMap<>();
        private final Map<String, View> known = new HashMap<>();
        private final Map<String, Integer> sockets = new HashMap<>();
        private final Map<String, String> places = new HashMap<>();
        private final Map<String, Long> since = new HashMap<>();
        private final Set<String> people = new HashSet<>();

        private boolean watches(String client) {
            return known.containsKey(client) || known.size() < MOST_WATCHED;
        }
    }

    @Override
    public void see(Fact fact) {
        last = Math.max(last, fact.at());
        if (fact.room().isEmpty()) {
            return;
        }
        Room room = rooms.computeIfAbsent(fact.room(), key -> new Room());
        String client = fact.who() + " " + fact.data().path("client").asText();
        switch (fact.kind()) {
            case "opened" -> {
                room.people.add(fact.who());
                room.sockets.merge(fact.who(), 1, Integer::sum);
                if (room.watches(client)) {
                    room.open.put(client, room.known.computeIfAbsent(client, key -> new View()));
                    room.people.forEach(person -> compare(room, client, person, fact));
                }
                compareAll(room, fact.who(), fact);
            }
            case "closed" -> {
                room.sockets.merge(fact.who(), -1, Integer::sum);
                if (room.open.remove(client) != null) {
                    room.people.forEach(person -> settle(room, client, person, fact.at()));
                }
                compareAll(room, fact.who(), fact);
            }
            case "snapshot", "patch" -> {
                if (!room.watches(client)) {
                    return;
                }
                room.known.computeIfAbsent(client, key -> new View()).take(fact);
                if (room.open.containsKey(client)) {
                    touched(room, fact).forEach(person -> compare(room, client, person, fact));
                }
            }
            case "asked" -> {
                room.places.remove(fact.who());
                compareAll(room, fact.who(), fact);
            }
            case "acked" -> {
                room.places.put(fact.who(), fact.data().get("place").asText());
                compareAll(room, fact.who(), fact);
            }
            default -> {}
        }
    }

    /** The people about whom a message says something; of the queue, those whose place is known. */
    private static Set<String> touched(Room room, Fact fact) {
        if (fact.kind().equals("snapshot")) {
            return room.people;
        }
        JsonNode state = fact.data().path("state");
        Set<String> people = new HashSet<>();
        state.path("participants").fieldNames().forEachRemaining(people::add);
        people.retainAll(room.people);
        if (state.has("queue")) {
            people.addAll(room.places.keySet());
        }
        return people;
    }

    private void compareAll(Room room, String person, Fact fact) {
        room.open.keySet().forEach(client -> compare(room, client, person, fact));
    }

    private void compare(Room room, String client, String person, Fact fact) {
        View view = room.open.get(client);
        if (view == null || view.version() < 0) {
            return;
        }
        boolean truth = room.sockets.getOrDefault(person, 0) > 0;
        note(room, "presence ", client, person, view.isPresent(person) != truth, fact.at());
        String place = room.places.get(person);
        note(room, "queue ", client, person, place != null && !place.equals(view.place(person)), fact.at());
    }

    private void settle(Room room, String client, String person, long at) {
        note(room, "presence ", client, person, false, at);
        note(room, "queue ", client, person, false, at);
    }

    private void note(Room room, String kind, String client, String person, boolean differs, long at) {
        if (!differs && room.since.isEmpty()) {
            return;
        }
        String key = kind + client + " " + person;
        if (differs) {
            room.since.putIfAbsent(key, at);
            return;
        }
        Long since = room.since.remove(key);
        if (since != null) {
            took(key, at - since);
        }
    }

    private void took(String key, long millis) {
        if (key.startsWith("presence")) {
            if (millis > longestPresence) {
                worst = key + " until " + last;
            }
            longestPresence = Math.max(longestPresence, millis);
        } else {
            longestQueue = Math.max(longestQueue, millis);
        }
    }

    /** Counts anew from here on. */
    public void reset() {
        longestPresence = 0;
        longestQueue = 0;
        rooms.values().forEach(room -> room.since.replaceAll((key, since) -> last));
    }

    /** Milliseconds. */
    public long longestPresence() {
        return Math.max(longestPresence, running("presence"));
    }

    /** Milliseconds. */
    public long longestQueue() {
        return Math.max(longestQueue, running("queue"));
    }

    /** Who saw whom wrong for longest, and until when. */
    public String worst() {
        return worst;
    }

    private long running(String kind) {
        List<Long> all = new ArrayList<>(List.of(0L));
        rooms.values()
                .forEach(room -> room.since.forEach((key, since) -> {
                    if (key.startsWith(kind)) {
                        all.add(last - since);
                    }
                }));
        return all.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public List<Violation> end() {
        return List.of();
    }
}
