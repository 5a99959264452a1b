package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.TreeMap;

/**
 * What a room and the vendors hold, to be compared before and after requests that must not change it.
 *
 * @param facts what was asked, and the answer
 */
record StateProbe(TreeMap<String, String> facts) {
    static StateProbe of(Stack stack, String event, String room) {
        String pass = "Bearer " + stack.pass("probe", "moderator", event);
        String root = "/v1/events/" + event + "/rooms/" + room;
        TreeMap<String, String> facts = new TreeMap<>();
        for (String what : new String[] {"/snapshot", "/queue", "/recordings", "/chat", "/vetting"}) {
            HttpResponse<String> answer = stack.get(root + what, "Authorization", pass);
            facts.put(what, answer.statusCode() + " " + answer.body());
        }
        JsonNode livekit = Stack.json(stack.get("/sandbox/livekit/state"));
        JsonNode twilio = Stack.json(stack.get("/sandbox/twilio/state"));
        String key = event + ":" + room;
        facts.put("livekit", Boolean.toString(livekit.toString().contains(key)));
        facts.put("twilio", Boolean.toString(twilio.toString().contains(key)));
        return new StateProbe(facts);
    }

    /** Asserts that nothing is different now. */
    void assertUnchanged(Stack stack, String event, String room, Figures figures) {
        StateProbe now = of(stack, event, room);
        if (!now.equals(this)) {
            figures.changed();
        }
        assertThat(now).isEqualTo(this);
    }
}
