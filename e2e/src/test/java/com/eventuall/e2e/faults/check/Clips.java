package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every stay on stage has a clip of what of it was recorded, once, ready, and as long as it. True times are those of the stage
 * events and of the vendor's own {@code recording_times} ({@code end-mux}); the show runs without pads. A stay of which less
 * than a second and a half was recorded may have none, one with less than half a second must not.
 */
final class Clips implements Rule {
    private static final double OPTIONAL_FROM = 0.5;
    private static final double NEEDED_FROM = 1.5;
    private static final double TOLERANCE = 0.5;

    private record Stay(String room, String userId, long from, long to) {}

    private record Range(double from, double to) {}

    private final Map<String, String> rooms = new TreeMap<>();
    private final Map<String, JsonNode> recordings = new TreeMap<>();
    private final Map<String, Stay> stays = new HashMap<>();
    private final Map<String, List<Range>> recorded = new HashMap<>();
    private final Set<String> assets = new HashSet<>();
    private boolean sawMux;
    private final List<Violation> violations = new ArrayList<>();

    @Override
    public void see(Fact fact) {
        switch (fact.kind()) {
            case "recording" -> rooms.put(fact.who(), fact.room());
            case "end-recording" -> recordings.put(fact.who(), fact.data());
            case "end-mux" -> mux(fact.data());
            case "event" -> event(fact);
            default -> {}
        }
    }

    private void event(Fact fact) {
        JsonNode payload = fact.data().get("payload");
        String topic = fact.data().get("topic").asText();
        String userId = payload.path("userId").asText();
        String key = fact.room() + " " + userId + " " + payload.path("stayId").asText();
        Stay known = stays.getOrDefault(key, new Stay(fact.room(), userId, Long.MIN_VALUE, Long.MAX_VALUE));
        if (topic.equals("stage-entered")) {
            stays.put(
                    key, new Stay(fact.room(), userId, payload.get("enteredAt").asLong(), known.to()));
        } else if (topic.equals("stage-exited")) {
            stays.put(
                    key,
                    new Stay(
                            fact.room(),
                            userId,
                            known.from(),
                            payload.get("exitedAt").asLong()));
        }
    }

    private void mux(JsonNode mux) {
        sawMux = true;
        // A show may come to rest more than once; what the vendor says last is what counts.
        assets.clear();
        recorded.clear();
        for (JsonNode asset : mux.path("assets")) {
            assets.add(asset.path("id").asText());
            for (JsonNode time : asset.path("recording_times")) {
                double from = Instant.parse(time.get("started_at").asText()).toEpochMilli() / 1e3;
                recorded.computeIfAbsent(asset.path("id").asText(), id -> new ArrayList<>())
                        .add(new Range(from, from + time.path("duration").asDouble()));
            }
        }
    }

    @Override
    public List<Violation> end() {
        recordings.forEach((id, recording) -> {
            if (sawMux && recording.path("state").asText().equals("READY")) {
                recording(rooms.getOrDefault(id, ""), id, recording);
            }
        });
        return violations;
    }

    private void recording(String room, String id, JsonNode recording) {
        Map<String, Integer> byStay = new HashMap<>();
        Map<String, Double> lengths = new HashMap<>();
        for (JsonNode clip : recording.path("clips")) {
            String about = room + " " + id + " clip of " + clip.path("userId").asText();
            if (!clip.path("state").asText().equals("READY")) {
                violations.add(new Violation(
                        "clip-not-ready", room, about + " is " + clip.path("state") + " " + clip.path("reason")));
            } else if (!assets.contains(clip.path("assetId").asText())) {
                violations.add(new Violation("missing-clip", room, about + " is not at the vendor"));
            }
            double length = clip.path("end").asDouble() - clip.path("start").asDouble();
            for (JsonNode stay : clip.path("stayIds")) {
                String key = room + " " + clip.path("userId").asText() + " " + stay.asText();
                byStay.merge(key + " " + clip.path("sourceAssetId").asText(), 1, Integer::sum);
                lengths.merge(key, length, Double::sum);
            }
        }
        byStay.forEach((key, count) -> {
            if (count > 1) {
                violations.add(new Violation("double-clip", room, id + " has " + count + " clips of one stay: " + key));
            }
        });
        stays.forEach((key, stay) -> {
            if (stay.room().equals(room)) {
                compare(room, id, stay, content(recording, stay), lengths.get(key));
            }
        });
    }

    private double content(JsonNode recording, Stay stay) {
        double content = 0;
        for (JsonNode asset : recording.path("assets")) {
            for (Range range : recorded.getOrDefault(asset.path("id").asText(), List.of())) {
                content +=
                        Math.max(0, Math.min(range.to(), stay.to() / 1e3) - Math.max(range.from(), stay.from() / 1e3));
            }
        }
        return content;
    }

    private void compare(String room, String id, Stay stay, double content, @Nullable Double length) {
        String about = id + ", " + stay.userId() + " from " + stay.from();
        if (length == null) {
            if (content >= NEEDED_FROM) {
                violations.add(new Violation("missing-clip", room, about + ": " + content + " s were recorded"));
            }
        } else if (content < OPTIONAL_FROM) {
            violations.add(new Violation("extra-clip", room, about + ": " + length + " s of " + content + " s"));
        } else if (Math.abs(length - content) > TOLERANCE) {
            violations.add(new Violation("clip-length", room, about + ": " + length + " s of " + content + " s"));
        }
    }
}
