package com.eventuall.e2e.operation;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A room in which something happens all the time: people join, come on stage and leave it again, chats open, pins are set,
 * while others watch over sockets. It remembers every refusal and what must be heard of by events.
 */
final class Show implements AutoCloseable {
    private static final int PRESENCE_VIEWERS = 24;
    private static final int QUEUE_VIEWERS = 8;
    private static final long ROUND_MILLIS = 250;
    private static final long STAY_MILLIS = 50;

    private final Stack stack;
    private final String event;
    private final String moderator;
    private final List<Viewer> presence = new ArrayList<>();
    private final List<Viewer> queue = new ArrayList<>();
    private final ScheduledExecutorService driver = Executors.newScheduledThreadPool(3);
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Set<String> requested = ConcurrentHashMap.newKeySet();
    private final Set<String> entered = ConcurrentHashMap.newKeySet();
    private final Set<String> exited = ConcurrentHashMap.newKeySet();
    private final Set<String> opened = ConcurrentHashMap.newKeySet();

    Show(Stack stack, String event) {
        this.stack = stack;
        this.event = event;
        this.moderator = stack.pass("mo", "moderator", event);
        for (int i = 0; i < PRESENCE_VIEWERS; i++) {
            presence.add(new Viewer(stack, room("main"), "presence", stack.pass("viewer-" + i, "participant", event)));
        }
        for (int i = 0; i < QUEUE_VIEWERS; i++) {
            queue.add(new Viewer(stack, room("main"), "queue", stack.pass("editor-" + i, "moderator", event)));
        }
    }

    /** From now on something happens. */
    void begin() {
        driver.scheduleAtFixedRate(this::round, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
        driver.scheduleWithFixedDelay(
                () -> viewers().forEach(Viewer::stay), STAY_MILLIS, STAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Lets what happens at the moment come to its end; the viewers stay. */
    void end() {
        driver.shutdown();
        try {
            if (!driver.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A round does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        String user = "guest-" + rounds.incrementAndGet();
        String pass = stack.pass(user, "participant", event);
        call("POST", room("main") + "/join", "", pass);
        if (call("POST", room("main") + "/queue/requests", "", pass)) {
            requested.add(user);
        }
        call("GET", room("main") + "/queue", "", pass);
        boolean approved = call("POST", room("main") + "/queue/" + user + "/approve", "", moderator);
        if (approved) {
            entered.add(user);
        }
        call("PUT", room("main") + "/pins/TR_" + user, "{\"userId\":\"" + user + "\"}", moderator);
        call("GET", room("main") + "/snapshot", "", pass);
        call("DELETE", room("main") + "/pins/TR_" + user, "", moderator);
        if (call("DELETE", room("main") + "/queue/requests/me", "", pass) && approved) {
            exited.add(user);
        }
        call("GET", room("main") + "/recordings", "", moderator);
        if (call("POST", room(user) + "/chat", "", pass)) {
            opened.add(event + ":" + user);
        }
    }

    /** Whether it was accepted. */
    private boolean call(String method, String path, String body, String pass) {
        requests.incrementAndGet();
        try {
            HttpResponse<String> response = body.isEmpty()
                    ? stack.send(method, path, body, "Authorization", "Bearer " + pass)
                    : stack.send(
                            method, path, body, "Authorization", "Bearer " + pass, "Content-Type", "application/json");
            if (response.statusCode() < 400) {
                return true;
            }
            refusals.add(method + " " + path + ": " + response.statusCode() + " " + response.body());
        } catch (RuntimeException e) {
            refusals.add(method + " " + path + ": " + e);
        }
        return false;
    }

    /** What recording-service answers about the room. */
    JsonNode recording(String method, String path) {
        return Stack.json(stack.send(
                method,
                room("main") + "/recordings" + path,
                "{}",
                "Authorization",
                "Bearer " + moderator,
                "Content-Type",
                "application/json"));
    }

    String room(String roomId) {
        return "/v1/events/" + event + "/rooms/" + roomId;
    }

    int requests() {
        return requests.get();
    }

    /** Requests that failed or were refused. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    List<Viewer> presence() {
        return presence;
    }

    List<Viewer> viewers() {
        List<Viewer> all = new ArrayList<>(presence);
        all.addAll(queue);
        return all;
    }

    List<String> presenceUsers() {
        return IntStream.range(0, PRESENCE_VIEWERS).mapToObj(i -> "viewer-" + i).toList();
    }

    Set<String> requested() {
        return requested;
    }

    Set<String> entered() {
        return entered;
    }

    Set<String> exited() {
        return exited;
    }

    /** Rooms whose chat was opened. */
    Set<String> opened() {
        return opened;
    }

    @Override
    public void close() {
        driver.shutdownNow();
        viewers().forEach(Viewer::close);
    }
}
