package com.eventuall.e2e.security;

import java.util.List;

/**
 * A route that asks for a pass.
 *
 * @param path below the origin, with {@code {event}} for the event; the room is {@code main}
 * @param moderatorsOnly whether participants are refused
 * @param body what a correct request carries; empty for none
 */
record Route(String method, String path, boolean moderatorsOnly, String body) {
    private static final String ROOM = "/v1/events/{event}/rooms/main";
    private static final String ID = "019ab2f4-7a10-7c3e-9d55-0a4be3f0c0aa";

    /** Every REST route of the suite that is not a webhook. */
    static final List<Route> REST = List.of(
            open("POST", "/join", ""),
            open("POST", "/livekit-token", ""),
            open("POST", "/chat-token", ""),
            open("GET", "/snapshot", ""),
            open("GET", "/participants", ""),
            moderated("PUT", "/pins/TR_1", "{\"userId\":\"u2\"}"),
            moderated("DELETE", "/pins/TR_1", ""),
            new Route("GET", "/v1/events/{event}/rooms", false, ""),
            open("POST", "/queue/requests", ""),
            open("DELETE", "/queue/requests/me", ""),
            open("GET", "/queue", ""),
            moderated("POST", "/queue/u2/approve", ""),
            moderated("POST", "/queue/u2/demote", ""),
            moderated("DELETE", "/queue/u2", ""),
            moderated("PUT", "/queue/u2/position", "{\"index\":0}"),
            moderated("POST", "/recordings", "{}"),
            moderated("POST", "/recordings/" + ID + "/stop", ""),
            open("GET", "/recordings", ""),
            open("GET", "/recordings/" + ID, ""),
            moderated("POST", "/recordings/" + ID + "/clips/" + ID + "/retry", ""),
            open("POST", "/chat", ""),
            open("GET", "/chat", ""),
            moderated("DELETE", "/chat", ""),
            open("GET", "/chat/reactions?messages=IM00000000000000000000000000000001", ""),
            open("POST", "/chat/messages/IM00000000000000000000000000000001/reactions", "{\"emoji\":\"❤️\"}"),
            open("GET", "/chat/messages/IM00000000000000000000000000000001/reactions", ""),
            moderated("GET", "/vetting", ""),
            open("GET", "/vetting/me", ""),
            moderated("POST", "/vetting/u2/open", ""));

    /** Every socket: its last path segment, which is also the name of its protocol. */
    static final List<String> SOCKETS = List.of("presence", "queue");

    String in(String eventId) {
        return path.replace("{event}", eventId);
    }

    /** Method and path with every variable as {@code *}. */
    String shape() {
        return shape(method, path.replaceFirst("\\?.*", "").replace("/main", "/{}"));
    }

    static String shape(String method, String path) {
        String known = path.replaceAll("\\{[^}]*}", "*").replaceAll("/(TR_1|u2|" + ID + "|IM0{31}1)(?=/|$)", "/*");
        return method + " " + known;
    }

    private static Route open(String method, String tail, String body) {
        return new Route(method, ROOM + tail, false, body);
    }

    private static Route moderated(String method, String tail, String body) {
        return new Route(method, ROOM + tail, true, body);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
