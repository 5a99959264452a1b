package com.eventuall.local.launcher;

import java.util.Map;
import java.util.Optional;

/** Which service answers a path. Kept in step with the routes of the Kubernetes gateway. */
final class Routes {
    private static final String TOKEN = "token-service";
    private static final String PRESENCE = "presence-service";
    private static final String QUEUE = "queue-service";
    private static final String RECORDING = "recording-service";
    private static final String CHAT = "chat-service";

    /** By the segment behind {@code /v1/events/{e}/rooms/{r}/}; everything else of an event is presence-service's. */
    private static final Map<String, String> IN_ROOM = Map.of(
            "join", TOKEN,
            "livekit-token", TOKEN,
            "chat-token", TOKEN,
            "queue", QUEUE,
            "recordings", RECORDING,
            "chat", CHAT,
            "vetting", CHAT);

    private static final Map<String, String> WEBHOOKS = Map.of("livekit", TOKEN, "mux", RECORDING, "twilio", CHAT);

    private Routes() {}

    /** The artifact of the service; empty for a path that belongs to none. */
    static Optional<String> serviceFor(String path) {
        // "", "v1", "events", e, "rooms", r, segment
        String[] parts = path.split("/", 8);
        if (parts.length < 3 || !parts[0].isEmpty() || !parts[1].equals("v1")) {
            return Optional.empty();
        }
        if (parts[2].equals("webhooks")) {
            return Optional.ofNullable(parts.length == 4 ? WEBHOOKS.get(parts[3]) : null);
        }
        if (!parts[2].equals("events")) {
            return Optional.empty();
        }
        boolean inRoom = parts.length > 6 && parts[4].equals("rooms");
        return Optional.of(inRoom ? IN_ROOM.getOrDefault(parts[6], PRESENCE) : PRESENCE);
    }
}
