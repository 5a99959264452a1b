package com.eventuall.e2e.faults.client;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody with a pass in a room, who calls the REST routes. */
public final class Person {
    private static final long BETWEEN_TRIES = 250;

    private final Stack stack;
    private final History history;
    private final Room room;
    private final String userId;
    private final boolean moderator;
    private final String pass;

    public Person(Stack stack, History history, Room room, String userId, boolean moderator) {
        this.stack = stack;
        this.history = history;
        this.room = room;
        this.userId = userId;
        this.moderator = moderator;
        this.pass = stack.pass(userId, moderator ? "moderator" : "participant", room.eventId());
    }

    public String userId() {
        return userId;
    }

    public boolean moderator() {
        return moderator;
    }

    public Room room() {
        return room;
    }

    public String pass() {
        return pass;
    }

    /** The answer of one call. */
    public record Answer(int status, String body) {
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** Whether it says what is now, rather than that nobody knows. */
        public boolean isFinal() {
            return status != 0 && status < 500 && status != 429 && status != 408;
        }

        public JsonNode json() {
            try {
                return Stack.JSON.readTree(body);
            } catch (java.io.IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One try; status 0 if there was no answer. {@code path} follows the room's, or is absolute where it starts with /v1. */
    public Answer call(String op, String method, String path, String body) {
        String target = path.startsWith("/v1") || path.startsWith("http") ? path : room.path() + path;
        long start = System.nanoTime();
        Answer answer;
        String from = "";
        try {
            HttpResponse<String> response = body.isEmpty()
                    ? stack.send(method, target, "", "Authorization", "Bearer " + pass)
                    : stack.send(
                            method,
                            target,
                            body,
                            "Authorization",
                            "Bearer " + pass,
                            "Content-Type",
                            "application/json");
            answer = new Answer(response.statusCode(), response.body());
            if (!answer.isSuccess()) {
                from = response.body();
            }
        } catch (UncheckedIOException noAnswer) {
            answer = new Answer(0, "");
            from = String.valueOf(noAnswer.getCause());
        }
        history.add(
                "call",
                room.key(),
                userId,
                History.data()
                        .put("op", op)
                        .put("status", answer.status())
                        .put("ms", (System.nanoTime() - start) / 1_000_000)
                        .put("problem", from.length() > 200 ? from.substring(0, 200) : from));
        return answer;
    }

    /** Tries until somebody knows, as a patient client does with what may be repeated. */
    public Answer persistently(AtomicBoolean until, String op, String method, String path, String body)
            throws InterruptedException {
        Answer answer = call(op, method, path, body);
        while (!answer.isFinal() && !until.get()) {
            Thread.sleep(BETWEEN_TRIES);
            answer = call(op, method, path, body);
        }
        return answer;
    }

    /** Puts somebody to a place of the queue and records what was asked and acknowledged. */
    public void move(AtomicBoolean until, Person subject, String place) throws InterruptedException {
        history.add("asked", room.key(), subject.userId(), History.data().put("place", place));
        Answer answer;
        switch (place) {
            case "pending" -> {
                answer = subject.persistently(until, "request", "POST", "/queue/requests", "");
            }
            case "live" ->
                answer = persistently(until, "approve", "POST", "/queue/" + subject.userId() + "/approve", "");
            case "demoted" ->
                answer = persistently(until, "demote", "POST", "/queue/" + subject.userId() + "/demote", "");
            case "withdrawn" -> answer = subject.persistently(until, "withdraw", "DELETE", "/queue/requests/me", "");
            default -> answer = persistently(until, "remove", "DELETE", "/queue/" + subject.userId(), "");
        }
        String reached = switch (place) {
            case "pending", "live" -> place;
            case "demoted" -> "pending";
            default -> "none";
        };
        boolean gone = Set.of("withdrawn", "none").contains(place) && answer.status() == 404;
        if (answer.isSuccess() || gone) {
            history.add("acked", room.key(), subject.userId(), History.data().put("place", reached));
        } else if (answer.isFinal()) {
            history.add("refused", room.key(), subject.userId(), History.data().put("status", answer.status()));
        }
    }
}
