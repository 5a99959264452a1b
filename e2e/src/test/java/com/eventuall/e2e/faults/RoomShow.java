package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.faults.client.History;
import com.eventuall.e2e.faults.client.Person;
import com.eventuall.e2e.faults.client.PresenceClient;
import com.eventuall.e2e.faults.client.QueueEditor;
import com.eventuall.e2e.faults.client.Room;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One room: two moderators, one of them with a Yjs document and the other watching with another, and participants who ask for
 * the stage, come and go, react, and are recorded. One thread does one thing after the other, so that it always knows what it
 * was promised.
 */
final class RoomShow implements AutoCloseable {
    /** Milliseconds between the steps of a person where something else than the show is the load. */
    static final long CALM_PACE = 1_500;

    private static final Duration ENTRY_PACE = Duration.ofMillis(30);
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int MOST_ON_STAGE = 4;

    private final History history;
    private final Room room;
    private final Random random;
    private final ScheduledExecutorService timer;
    private final List<Person> moderators = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final List<PresenceClient> clients = new ArrayList<>();
    private final Map<String, PresenceClient> byPerson = new HashMap<>();
    private final QueueEditor editor;
    private final QueueEditor watcher;
    private final Map<String, String> places = new HashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final RoomMedia media;
    private final RoomChat chat;
    private volatile long pauseMillis = 150;
    private volatile boolean movesPaused;
    private volatile boolean begun;
    private Thread thread = new Thread(this::run);

    RoomShow(
            Stack stack,
            HttpClient http,
            ScheduledExecutorService timer,
            History history,
            Room room,
            int participants,
            long seed) {
        this.history = history;
        this.room = room;
        this.timer = timer;
        this.random = new Random(seed);
        URI origin = stack.origin();
        for (int i = 0; i < 2; i++) {
            moderators.add(new Person(stack, history, room, "mod" + i, true));
        }
        for (int i = 0; i < participants; i++) {
            people.add(new Person(stack, history, room, "p" + i, false));
        }
        List<Person> all = new ArrayList<>(moderators);
        all.addAll(people);
        for (Person person : all) {
            PresenceClient client = new PresenceClient(http, timer, history, person, "tab", origin, random.nextLong());
            clients.add(client);
            byPerson.put(person.userId(), client);
        }
        editor = new QueueEditor(http, timer, history, moderators.get(0), origin, random.nextLong());
        watcher = new QueueEditor(http, timer, history, moderators.get(1), origin, random.nextLong());
        media = new RoomMedia(history, moderators.get(0), moderators.get(1));
        chat = new RoomChat(stack, history, moderators.get(0));
    }

    Room room() {
        return room;
    }

    List<PresenceClient> clients() {
        return clients;
    }

    List<Person> moderators() {
        return moderators;
    }

    List<Person> people() {
        return people;
    }

    RoomMedia media() {
        return media;
    }

    RoomChat chat() {
        return chat;
    }

    /** Time between two things that happen. */
    void pace(long millis) {
        pauseMillis = millis;
    }

    /** Nobody is moved in the queue meanwhile. */
    void pauseMoves(boolean pause) {
        movesPaused = pause;
    }

    /** Where the queue has everybody who was moved, as it has acknowledged. */
    synchronized Map<String, String> places() {
        return Map.copyOf(places);
    }

    /** Everybody enters; returns when all are in. */
    void enter() throws InterruptedException {
        for (PresenceClient client : clients) {
            client.connect();
            // One after the other, as people do: this process answers for all of them, and must find the time for their
            // pongs.
            Thread.sleep(ENTRY_PACE.toMillis());
        }
        editor.connect();
        watcher.connect();
        if (!Show.await(
                PATIENCE,
                () -> clients.stream().allMatch(PresenceClient::isOpen) && editor.isSynced() && watcher.isSynced())) {
            throw new IllegalStateException("Not everybody could enter " + room.key());
        }
        chat.open(stopping, people);
    }

    void start() {
        thread = new Thread(this::run, "show-" + room.key());
        thread.setDaemon(true);
        thread.start();
    }

    boolean hasBegun() {
        return begun;
    }

    private void run() {
        try {
            enter();
            begun = true;
            while (!stopping.get()) {
                step();
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            history.add("show-broken", room.key(), "", History.data().put("text", e.toString()));
        }
    }

    private void step() throws InterruptedException {
        Person person = people.get(random.nextInt(people.size()));
        String place = places.getOrDefault(person.userId(), "none");
        int dice = random.nextInt(100);
        if (dice < 55) {
            if (!movesPaused) {
                move(person, next(place, dice));
            }
        } else if (dice < 65) {
            absence(byPerson.get(person.userId()));
        } else if (dice < 70) {
            byPerson.get(person.userId()).drop();
        } else if (dice < 85) {
            chat.toggle(person, random);
        } else if (dice < 90) {
            media.pin(person, random.nextInt(3));
        }
        media.step(stopping, random);
    }

    private String next(String place, int dice) {
        long live = places.values().stream().filter("live"::equals).count();
        return switch (place) {
            case "none" -> "pending";
            case "pending" -> dice < 40 && live < MOST_ON_STAGE ? "live" : dice < 48 ? "withdrawn" : "none";
            default -> dice < 30 ? "demoted" : dice < 40 ? "none" : "withdrawn";
        };
    }

    /** Moves somebody and waits until that is promised, or the show ends. */
    void move(Person person, String to) throws InterruptedException {
        boolean byDocument = (to.equals("live") || to.equals("demoted")) && random.nextBoolean();
        if (!byDocument || !moveByDocument(person, to.equals("live") ? "live" : "pending")) {
            moderators.get(random.nextInt(2)).move(stopping, person, to);
        }
        String reached = switch (to) {
            case "pending", "live" -> to;
            case "demoted" -> "pending";
            default -> "none";
        };
        synchronized (this) {
            places.put(person.userId(), reached);
        }
    }

    /** An edit counts as promised when somebody else sees it: the service stores it before it shows it. */
    private boolean moveByDocument(Person person, String list) throws InterruptedException {
        if (!editor.place(person.userId()).equals(list.equals("live") ? "pending" : "live")) {
            return false;
        }
        history.add("asked", room.key(), person.userId(), History.data().put("place", list));
        editor.put(person.userId(), list);
        boolean seen = Show.await(
                Duration.ofMinutes(3),
                () -> stopping.get() || watcher.place(person.userId()).equals(list));
        if (seen && watcher.place(person.userId()).equals(list)) {
            history.add("acked", room.key(), person.userId(), History.data().put("place", list));
        }
        return true;
    }

    private void absence(PresenceClient client) {
        if (random.nextBoolean()) {
            client.leave();
        } else {
            client.vanish();
        }
        timer.schedule(
                () -> {
                    if (!stopping.get()) {
                        client.connect();
                    }
                },
                500 + random.nextInt(6_000),
                TimeUnit.MILLISECONDS);
    }

    void stop() throws InterruptedException {
        stopping.set(true);
        thread.join(20_000);
    }

    /** Everybody comes back, and recordings end. */
    void gather(Duration limit) throws InterruptedException {
        AtomicBoolean never = new AtomicBoolean();
        clients.forEach(PresenceClient::connect);
        boolean back = Show.await(
                limit,
                () -> clients.stream().allMatch(PresenceClient::isOpen) && editor.isSynced() && watcher.isSynced());
        if (!back) {
            history.add("show-broken", room.key(), "", History.data().put("text", "not all sockets came back"));
        }
        media.finish(never, limit);
        JsonNode[] lists = new JsonNode[2];
        Show.await(Duration.ofSeconds(20), () -> {
            lists[0] = lists();
            return editor.lists().equals(lists[0]) && watcher.lists().equals(lists[0]);
        });
    }

    /** The queue as the service tells it, reduced to ids. */
    ObjectNode lists() {
        ObjectNode lists = History.data();
        Person.Answer answer = moderators.get(0).call("lists", "GET", "/queue", "");
        for (String name : List.of("pending", "live")) {
            ArrayNode list = lists.putArray(name);
            if (answer.isSuccess()) {
                answer.json()
                        .path(name)
                        .forEach(entry -> list.add(entry.get("userId").asText()));
            }
        }
        return lists;
    }

    /** The room's snapshot by REST; empty if there is none. */
    JsonNode snapshot() {
        Person.Answer answer = moderators.get(1).call("snapshot", "GET", "/snapshot", "");
        return answer.isSuccess() ? answer.json() : History.data();
    }

    void record() throws InterruptedException {
        history.add("end-queue", room.key(), "", lists());
        history.add("end-document", room.key(), "editor", editor.lists());
        history.add("end-document", room.key(), "watcher", watcher.lists());
        media.record();
        chat.record();
    }

    @Override
    public void close() {
        stopping.set(true);
        clients.forEach(PresenceClient::leave);
        editor.leave();
        watcher.leave();
    }
}
