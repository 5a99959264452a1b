package com.eventuall.presence.wire;

import com.eventuall.presence.Counts;
import com.eventuall.presence.Facts;
import com.eventuall.presence.Participant;
import com.eventuall.presence.Pin;
import com.eventuall.presence.QueueLists;
import com.eventuall.presence.Recording;
import com.eventuall.presence.RoomDelta;
import com.eventuall.presence.RoomState;
import com.eventuall.presence.Stay;
import com.eventuall.presence.Update;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes what clients are told. States never contain null, so that a patched state and a fresh snapshot are equal as JSON;
 * patches contain null exactly where something is gone (RFC 7396).
 */
public final class WireEncoder {
    private static final JsonFactory FACTORY = new JsonFactory();

    private WireEncoder() {}

    /** A {@code snapshot} or {@code patch} message, UTF-8. */
    public static byte[] message(Update update) {
        return update instanceof Update.Patch patch ? patch(patch) : snapshot((Update.Snapshot) update);
    }

    private static byte[] patch(Update.Patch patch) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "patch");
            json.writeNumberField("from", patch.from());
            json.writeNumberField("version", patch.version());
            json.writeFieldName("state");
            change(json, patch.delta(), patch.before());
            json.writeEndObject();
        });
    }

    private static byte[] snapshot(Update.Snapshot snapshot) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "snapshot");
            json.writeStringField("epoch", snapshot.epoch());
            json.writeNumberField("version", snapshot.version());
            if (snapshot.lite()) {
                json.writeBooleanField("lite", true);
            }
            json.writeFieldName("state");
            state(json, snapshot.state());
            json.writeEndObject();
        });
    }

    /** One page of people: {@code {"participants":[{"userId":..,"name":..,..}],"next":"u7"}}, {@code next} only if more follow. */
    public static byte[] page(List<Map.Entry<String, Participant>> people, @Nullable String next, Counts counts) {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("participants");
            for (Map.Entry<String, Participant> entry : people) {
                json.writeStartObject();
                json.writeStringField("userId", entry.getKey());
                fields(json, entry.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (next != null) {
                json.writeStringField("next", next);
            }
            counts(json, counts);
            json.writeEndObject();
        });
    }

    private static void state(JsonGenerator json, RoomState state) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("participants");
        for (Map.Entry<String, Participant> entry : state.people().entrySet()) {
            json.writeObjectFieldStart(entry.getKey());
            fields(json, entry.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("stage");
        for (Map.Entry<String, Stay> entry : state.stage().entrySet()) {
            stay(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("pins");
        for (Map.Entry<String, Pin> entry : state.pins().entrySet()) {
            pin(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        Facts facts = state.facts();
        Recording recording = facts.recording();
        if (recording != null) {
            recording(json, recording, false);
        }
        QueueLists queue = facts.queue();
        queue(json, queue == null ? QueueLists.EMPTY : queue);
        if (facts.conversationSid() != null) {
            chat(json, facts.conversationSid());
        }
        counts(json, state.counts());
        json.writeEndObject();
    }

    private static void change(JsonGenerator json, RoomDelta delta, @Nullable RoomState before) throws IOException {
        json.writeStartObject();
        people(json, delta.people(), before);
        if (!delta.stage().isEmpty()) {
            json.writeObjectFieldStart("stage");
            for (Map.Entry<String, @Nullable Stay> entry : delta.stage().entrySet()) {
                stay(json, entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        if (!delta.pins().isEmpty()) {
            json.writeObjectFieldStart("pins");
            for (Map.Entry<String, @Nullable Pin> entry : delta.pins().entrySet()) {
                pin(json, entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        Facts facts = delta.facts();
        Recording recording = facts.recording();
        if (recording != null) {
            recording(json, recording, true);
        }
        QueueLists queue = facts.queue();
        if (queue != null) {
            queue(json, queue);
        }
        if (facts.conversationSid() != null) {
            chat(json, facts.conversationSid());
        }
        Counts counts = delta.counts();
        if (counts != null) {
            changedCounts(json, counts, before == null ? null : before.counts());
        }
        json.writeEndObject();
    }

    private static void people(
            JsonGenerator json, Map<String, @Nullable Participant> people, @Nullable RoomState before)
            throws IOException {
        boolean begun = false;
        for (Map.Entry<String, @Nullable Participant> entry : people.entrySet()) {
            Participant after = entry.getValue();
            Participant earlier = before == null ? null : before.person(entry.getKey());
            if (before != null && Objects.equals(after, earlier)) {
                continue;
            }
            if (!begun) {
                json.writeObjectFieldStart("participants");
                begun = true;
            }
            if (after == null) {
                json.writeNullField(entry.getKey());
            } else {
                json.writeObjectFieldStart(entry.getKey());
                if (earlier == null) {
                    fields(json, after);
                } else {
                    changedFields(json, earlier, after);
                }
                json.writeEndObject();
            }
        }
        if (begun) {
            json.writeEndObject();
        }
    }

    private static void fields(JsonGenerator json, Participant person) throws IOException {
        json.writeStringField("name", person.name());
        json.writeStringField("role", person.role().wireName());
        json.writeStringField("status", person.status().wireName());
        json.writeNumberField("since", person.since());
    }

    private static void changedFields(JsonGenerator json, Participant before, Participant after) throws IOException {
        if (!after.name().equals(before.name())) {
            json.writeStringField("name", after.name());
        }
        if (after.role() != before.role()) {
            json.writeStringField("role", after.role().wireName());
        }
        if (after.status() != before.status()) {
            json.writeStringField("status", after.status().wireName());
        }
        if (after.since() != before.since()) {
            json.writeNumberField("since", after.since());
        }
    }

    private static void stay(JsonGenerator json, String userId, @Nullable Stay stay) throws IOException {
        if (stay == null) {
            json.writeNullField(userId);
            return;
        }
        json.writeObjectFieldStart(userId);
        json.writeStringField("stayId", stay.stayId());
        json.writeNumberField("enteredAt", stay.enteredAt());
        json.writeEndObject();
    }

    private static void pin(JsonGenerator json, String trackSid, @Nullable Pin pin) throws IOException {
        if (pin == null) {
            json.writeNullField(trackSid);
            return;
        }
        json.writeObjectFieldStart(trackSid);
        json.writeStringField("userId", pin.userId());
        json.writeStringField("by", pin.by());
        json.writeNumberField("at", pin.at());
        json.writeEndObject();
    }

    /** A patch names absent fields with null, so that those of the recording before do not shine through. */
    private static void recording(JsonGenerator json, Recording recording, boolean patch) throws IOException {
        json.writeObjectFieldStart("recording");
        json.writeStringField("id", recording.id());
        json.writeStringField("status", recording.status());
        Long startedAt = recording.startedAt();
        if (startedAt != null) {
            json.writeNumberField("startedAt", startedAt);
        } else if (patch) {
            json.writeNullField("startedAt");
        }
        optional(json, "playbackUrl", recording.playbackUrl(), patch);
        optional(json, "reason", recording.reason(), patch);
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value, boolean patch)
            throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        } else if (patch) {
            json.writeNullField(name);
        }
    }

    private static void queue(JsonGenerator json, QueueLists queue) throws IOException {
        json.writeObjectFieldStart("queue");
        json.writeNumberField("revision", queue.revision());
        json.writeFieldName("pending");
        texts(json, queue.pending());
        json.writeFieldName("live");
        texts(json, queue.live());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, List<String> texts) throws IOException {
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void chat(JsonGenerator json, String conversationSid) throws IOException {
        json.writeObjectFieldStart("chat");
        json.writeStringField("conversationSid", conversationSid);
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, Counts counts) throws IOException {
        changedCounts(json, counts, null);
    }

    private static void changedCounts(JsonGenerator json, Counts counts, @Nullable Counts before) throws IOException {
        json.writeObjectFieldStart("counts");
        if (before == null || before.online() != counts.online()) {
            json.writeNumberField("online", counts.online());
        }
        if (before == null || before.away() != counts.away()) {
            json.writeNumberField("away", counts.away());
        }
        if (before == null || before.offline() != counts.offline()) {
            json.writeNumberField("offline", counts.offline());
        }
        json.writeEndObject();
    }

    private static byte[] write(Content content) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                content.write(json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
