package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.faults.client.History;
import com.eventuall.e2e.faults.client.Person;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The chat of one room: a message to which people react. */
final class RoomChat {
    private static final List<String> EMOJI = List.of("👍", "🎉", "😂");

    private final Stack stack;
    private final History history;
    private final Person moderator;
    private final Map<String, String> keys = new HashMap<>();
    private String message = "";
    private boolean enabled = true;
    private volatile boolean paused;

    RoomChat(Stack stack, History history, Person moderator) {
        this.stack = stack;
        this.history = history;
        this.moderator = moderator;
    }

    void enable(boolean on) {
        enabled = on;
    }

    /** Nobody reacts meanwhile. */
    void pause(boolean on) {
        paused = on;
    }

    /** Whether the vendor has all reactions; those that it does not have yet are in Redis alone. */
    boolean isMirrored() {
        if (!enabled || message.isEmpty()) {
            return true;
        }
        Person.Answer known = moderator.call("reactions", "GET", "/chat/messages/" + message + "/reactions", "");
        if (!known.isSuccess()) {
            return false;
        }
        JsonNode twilio = Stack.json(stack.get("/sandbox/twilio/state"));
        for (JsonNode conversation : twilio.path("conversations")) {
            for (JsonNode said : conversation.path("messages")) {
                if (said.path("sid").asText().equals(message)) {
                    return people(attributes(said)).equals(people(known.json()));
                }
            }
        }
        return false;
    }

    private static JsonNode attributes(JsonNode said) {
        try {
            return Stack.JSON.readTree(said.path("attributes").asText("{}"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Emojis with those who reacted. */
    private static Map<String, Set<String>> people(JsonNode reactions) {
        Map<String, Set<String>> people = new HashMap<>();
        reactions.path("reactions").properties().forEach(emoji -> {
            Set<String> users = new HashSet<>();
            emoji.getValue().forEach(user -> users.add(user.asText()));
            people.put(emoji.getKey(), users);
        });
        return people;
    }

    /** Makes the conversation, lets some people in, and says something in it. */
    void open(AtomicBoolean until, List<Person> people) throws InterruptedException {
        if (!enabled) {
            return;
        }
        Person.Answer entered = moderator.persistently(until, "chat", "POST", "/chat", "");
        for (Person person : people.subList(0, Math.min(5, people.size()))) {
            person.persistently(until, "chat", "POST", "/chat", "");
        }
        Person.Answer join = moderator.persistently(until, "join", "POST", "/join", "");
        if (!entered.isSuccess() || !join.isSuccess()) {
            return;
        }
        String sid = entered.json().get("conversationSid").asText();
        String token = join.json().path("chat").path("token").asText();
        String path = "/sandbox/twilio/client/conversations/" + sid + "/messages";
        JsonNode said = Stack.json(stack.post(
                path,
                "{\"body\":\"Welcome\"}",
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json"));
        message = said.path("sid").asText();
    }

    String message() {
        return message;
    }

    /** Reacts, or takes a reaction back. A toggle cannot be repeated, so one without an answer is looked up. */
    void toggle(Person person, Random random) {
        if (message.isEmpty() || paused) {
            return;
        }
        String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
        Person.Answer answer = person.call(
                "toggle", "POST", "/chat/messages/" + message + "/reactions", "{\"emoji\":\"" + emoji + "\"}");
        ObjectNode data = History.data().put("message", message);
        if (answer.status() == 200) {
            String key = answer.json().get("emoji").asText();
            keys.put(emoji, key);
            data.put("emoji", key).set("reacted", answer.json().get("reacted"));
        } else if (!answer.isFinal() || answer.status() == 202) {
            data.put("emoji", keys.getOrDefault(emoji, emoji)).putNull("reacted");
        } else {
            return;
        }
        history.add("toggled", person.room().key(), person.userId(), data);
    }

    void record() throws InterruptedException {
        if (!enabled) {
            return;
        }
        Person.Answer vettings =
                moderator.persistently(new AtomicBoolean(), "vettings", "GET", "/vetting?limit=100", "");
        ArrayNode list = Stack.JSON.createArrayNode();
        if (vettings.isSuccess()) {
            vettings.json().forEach(list::add);
        }
        history.add("end-vetting", moderator.room().key(), "", list);
        if (!message.isEmpty()) {
            Person.Answer reactions = moderator.persistently(
                    new AtomicBoolean(), "reactions", "GET", "/chat/messages/" + message + "/reactions", "");
            history.add(
                    "end-reactions",
                    moderator.room().key(),
                    "",
                    History.data()
                            .put("message", message)
                            .set("reactions", reactions.json().path("reactions")));
        }
    }
}
