package com.eventuall.e2e.faults.client;

/** A room of the show. */
public record Room(String eventId, String roomId) {
    public String key() {
        return eventId + ":" + roomId;
    }

    public String path() {
        return "/v1/events/" + eventId + "/rooms/" + roomId;
    }
}
