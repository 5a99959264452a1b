package com.eventuall.platform.events;

import com.eventuall.contracts.InvalidIdException;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.LivekitEvent;
import com.eventuall.contracts.events.RoomEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came from Kafka. It may come twice, late, or after newer ones: deduplicate on {@code source} and {@code id},
 * order by {@code sequence}.
 *
 * @param id {@code ce_id}
 * @param type its type
 * @param source {@code ce_source}
 * @param subject {@code ce_subject}, the room key
 * @param sequence {@code ce_sequence}; -1 where the record has none
 * @param payload the record that its type names
 * @param traceParent W3C trace context; null where there is none
 */
public record ReceivedEvent(
        String id,
        EventType type,
        String source,
        String subject,
        long sequence,
        Object payload,
        @Nullable String traceParent) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Of attributes that consumers keep, as {@code ce_id} in their inbox. */
    private static final int MAX_ATTRIBUTE = 200;

    /**
     * Reads a record.
     *
     * @throws MalformedEventException if it is not a CloudEvent in binary mode, of a type of ours, published by that type's
     *     source, with a payload that fits and that is about the room in the subject
     */
    public static ReceivedEvent read(ConsumerRecord<?, byte[]> record) {
        Headers headers = record.headers();
        EventType type = EventType.byType(required(headers, EventHeaders.TYPE))
                .orElseThrow(() -> new MalformedEventException("unknown ce_type"));
        String source = required(headers, EventHeaders.SOURCE);
        if (!source.equals(type.source())) {
            throw new MalformedEventException("ce_source does not publish this type");
        }
        String subject = required(headers, EventHeaders.SUBJECT);
        Object payload = payload(type, subject, record.value());
        return new ReceivedEvent(
                required(headers, EventHeaders.ID),
                type,
                source,
                subject,
                sequence(headers),
                payload,
                value(headers, EventHeaders.TRACE_PARENT));
    }

    /**
     * Reads an event that its source tells ahead of Kafka, as on {@link com.eventuall.platform.redis.SharedKeys#QUEUE_NEWS}. It
     * has no id, as it is not the record that counts.
     *
     * @throws MalformedEventException as {@link #read}
     */
    public static ReceivedEvent told(EventType type, String subject, long sequence, byte[] json) {
        return new ReceivedEvent("", type, type.source(), subject, sequence, payload(type, subject, json), null);
    }

    /** The payload as the record class that {@link #type} names. */
    public <T> T as(Class<T> payloadClass) {
        return payloadClass.cast(payload);
    }

    private static Object payload(EventType type, String subject, byte @Nullable [] json) {
        Object payload = payload(type, json);
        if (payload instanceof RoomEvent event && !subject.equals(event.eventId() + ":" + event.roomId())) {
            throw new MalformedEventException("ce_subject is not the room of the payload");
        }
        if (payload instanceof LivekitEvent) {
            requireRoom(subject);
        }
        return payload;
    }

    private static Object payload(EventType type, byte @Nullable [] json) {
        if (json == null) {
            throw new MalformedEventException("no payload");
        }
        try {
            Object payload = JSON.readValue(json, type.payload());
            if (payload == null) {
                throw new MalformedEventException("payload is null");
            }
            if (payload instanceof RoomEvent event) {
                event.room();
            }
            return payload;
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("payload does not fit its type");
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("payload has a malformed id");
        } catch (java.io.IOException e) {
            throw new MalformedEventException("payload cannot be read");
        }
    }

    private static void requireRoom(String subject) {
        try {
            RoomKey.parse(subject);
        } catch (InvalidIdException e) {
            throw new MalformedEventException("ce_subject is no room");
        }
    }

    private static long sequence(Headers headers) {
        String sequence = value(headers, EventHeaders.SEQUENCE);
        if (sequence == null) {
            return -1;
        }
        try {
            return Long.parseLong(sequence);
        } catch (NumberFormatException e) {
            throw new MalformedEventException("ce_sequence is not a number");
        }
    }

    private static String required(Headers headers, String name) {
        String value = value(headers, name);
        if (value == null || value.isEmpty()) {
            throw new MalformedEventException("no " + name);
        }
        if (value.length() > MAX_ATTRIBUTE || value.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedEventException(name + " is too long or has control characters");
        }
        return value;
    }

    private static @Nullable String value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
