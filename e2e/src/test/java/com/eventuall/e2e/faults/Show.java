package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.faults.client.EventTap;
import com.eventuall.e2e.faults.client.History;
import com.eventuall.e2e.faults.client.Person;
import com.eventuall.e2e.faults.client.PresenceClient;
import com.eventuall.e2e.faults.client.Room;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/** Some rooms with people who do what people do, all at once, until they are told to come to rest. */
final class Show implements AutoCloseable {
    private static final Duration REST_LIMIT = Duration.ofSeconds(150);
    private static final Duration ENTER_LIMIT = Duration.ofSeconds(180);
    private static final long QUIET_MILLIS = 3_000;

    private final Stack stack;
    private final History history;
    private final EventTap tap;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "show-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<RoomShow> rooms = new ArrayList<>();
    private final List<PresenceClient> further = new ArrayList<>();

    /**
     * @param eventId of its own for each show, so that several can follow each other on one stack
     * @param people per room, moderators not counted
     */
    Show(Stack stack, History history, String eventId, int rooms, int people, long seed) {
        this.stack = stack;
        this.history = history;
        this.tap = new EventTap(stack.info().get("kafka").asText(), history, eventId);
        for (int i = 0; i < rooms; i++) {
            Room room = new Room(eventId, "room" + i);
            this.rooms.add(new RoomShow(stack, http, timer, history, room, people, seed + 31L * i));
        }
    }

    /** Begins; returns when everybody is in. */
    void start() throws InterruptedException {
        rooms.forEach(RoomShow::start);
        if (!await(ENTER_LIMIT, () -> rooms.stream().allMatch(RoomShow::hasBegun))) {
            throw new IllegalStateException("The show did not begin");
        }
    }

    List<RoomShow> rooms() {
        return rooms;
    }

    EventTap tap() {
        return tap;
    }

    HttpClient http() {
        return http;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** A further presence socket, by any way. */
    PresenceClient client(Person person, String name, java.net.URI origin, long seed) {
        PresenceClient client = new PresenceClient(http, timer, history, person, name, origin, seed);
        further.add(client);
        return client;
    }

    /** Stops the people, waits until nothing moves any more, and records what is there. */
    void rest() throws InterruptedException {
        for (RoomShow room : rooms) {
            room.stop();
        }
        for (RoomShow room : rooms) {
            room.gather(REST_LIMIT);
        }
        awaitQuiet();
        record();
    }

    private void awaitQuiet() throws InterruptedException {
        long[] last = {System.currentTimeMillis()};
        try (AutoCloseable listening = history.listen(fact -> {
            if (!fact.kind().equals("call")) {
                last[0] = System.currentTimeMillis();
            }
        })) {
            await(REST_LIMIT, () -> System.currentTimeMillis() - last[0] > QUIET_MILLIS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void record() throws InterruptedException {
        for (RoomShow room : rooms) {
            room.record();
        }
        history.add("end-mux", "", "", sandbox("mux"));
        history.add("end-livekit", "", "", sandbox("livekit"));
        history.add("end-twilio", "", "", sandbox("twilio"));
    }

    JsonNode sandbox(String vendor) {
        return Stack.json(stack.get("/sandbox/" + vendor + "/state"));
    }

    /** Whether the condition came true within the limit. */
    static boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    @Override
    public void close() {
        rooms.forEach(RoomShow::close);
        further.forEach(PresenceClient::leave);
        tap.close();
        timer.shutdownNow();
    }
}
