package com.eventuall.e2e.faults;

import com.eventuall.e2e.faults.client.History;
import com.eventuall.e2e.faults.client.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The recordings and pins of one room: one recording after the other, each some seconds long. */
final class RoomMedia {
    private static final Set<String> FINAL = Set.of("READY", "FAILED", "CANCELLED");

    private final History history;
    private final Person starter;
    private final Person pinner;
    private final List<String> ids = new ArrayList<>();
    private String running = "";
    private long stopAt;
    private boolean enabled = true;
    private long leastSeconds = 6;

    RoomMedia(History history, Person starter, Person pinner) {
        this.history = history;
        this.starter = starter;
        this.pinner = pinner;
    }

    /** Whether recordings are started at all. */
    void enable(boolean on) {
        enabled = on;
    }

    void length(long seconds) {
        leastSeconds = seconds;
    }

    synchronized List<String> ids() {
        return List.copyOf(ids);
    }

    void pin(Person person, int track) {
        pinner.call("pin", "PUT", "/pins/TR_track" + track, "{\"userId\":\"" + person.userId() + "\"}");
        if (track == 2) {
            pinner.call("unpin", "DELETE", "/pins/TR_track" + track, "");
        }
    }

    void step(AtomicBoolean until, Random random) throws InterruptedException {
        if (running.isEmpty()) {
            if (enabled) {
                begin(until, random);
            }
        } else if (System.currentTimeMillis() > stopAt) {
            end(until);
        }
    }

    void begin(AtomicBoolean until, Random random) throws InterruptedException {
        Person.Answer answer = starter.persistently(until, "record", "POST", "/recordings", "{}");
        if (answer.isSuccess()) {
            String id = answer.json().get("id").asText();
            synchronized (this) {
                if (!ids.contains(id)) {
                    ids.add(id);
                    history.add("recording", starter.room().key(), id, History.data());
                }
            }
            running = id;
            stopAt = System.currentTimeMillis() + leastSeconds * 1000 + random.nextInt(8_000);
        }
    }

    void end(AtomicBoolean until) throws InterruptedException {
        starter.persistently(until, "stop", "POST", "/recordings/" + running + "/stop", "");
        running = "";
    }

    JsonNode get(String id) {
        Person.Answer answer = starter.call("recording", "GET", "/recordings/" + id, "");
        return answer.isSuccess() ? answer.json() : History.data();
    }

    /** Stops what runs and waits until every recording has ended. */
    void finish(AtomicBoolean until, Duration limit) throws InterruptedException {
        if (!running.isEmpty()) {
            end(until);
        }
        for (String id : ids()) {
            Show.await(limit, () -> FINAL.contains(get(id).path("state").asText()));
        }
    }

    void record() {
        for (String id : ids()) {
            history.add("end-recording", starter.room().key(), id, get(id));
        }
    }
}
