package com.eventuall.recording.fleet;

import com.eventuall.contracts.events.EventType;
import com.eventuall.recording.service.Vendors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for credentials where none may be: logs, events, and what the service answers.
 *
 * @param known how many credentials were looked for
 * @param searched characters that were searched
 * @param leaked where one was found
 */
record Secrets(int known, long searched, List<String> leaked) {
    private static final List<EventType> PUBLISHED = List.of(
            EventType.RECORDING_STARTED,
            EventType.RECORDING_STOPPED,
            EventType.RECORDING_FAILED,
            EventType.RECORDING_READY,
            EventType.CLIP_READY,
            EventType.CLIP_FAILED);

    static Secrets search(Fleet fleet, List<Started> all) {
        List<String> secrets = new ArrayList<>(
                List.of(Vendors.MUX.tokenSecret(), Vendors.MUX.webhookSecret(), Vendors.LIVEKIT.apiSecret()));
        fleet.vendors.streams().forEach(stream -> secrets.add(stream.getString("stream_key")));
        StringBuilder events = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        for (Started started : all) {
            answers.append(fleet.get(started).encode());
            for (EventType type : PUBLISHED) {
                fleet.topics
                        .read(type, "e1:" + started.roomId())
                        .forEach(record -> events.append(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        List<String> leaked = new ArrayList<>();
        String logs = fleet.logs();
        for (String secret : secrets) {
            find(secret, logs, "log", leaked);
            find(secret, events.toString(), "event", leaked);
            find(secret, answers.toString(), "answer", leaked);
        }
        return new Secrets(secrets.size(), (long) logs.length() + events.length() + answers.length(), leaked);
    }

    private static void find(String secret, String text, String where, List<String> leaked) {
        if (text.contains(secret)) {
            leaked.add(where);
        }
    }
}
