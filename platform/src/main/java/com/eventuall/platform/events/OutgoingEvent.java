package com.eventuall.platform.events;

import com.eventuall.contracts.events.EventType;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to Kafka.
 *
 * @param id {@code ce_id}: made once, where the event is written, and kept over every repeat
 * @param type its type, which names topic and source
 * @param subject the room key ({@code eventId:roomId}), also the Kafka key
 * @param time epoch milliseconds
 * @param sequence per subject and source strictly increasing; {@link #UNORDERED} where there is no such number
 * @param data the payload as JSON
 * @param traceParent W3C trace context of its cause; null where there is none
 */
public record OutgoingEvent(
        String id,
        EventType type,
        String subject,
        long time,
        long sequence,
        String data,
        @Nullable String traceParent) {
    /** The sequence of an event that has none: consumers order it by what it says, or not at all. */
    public static final long UNORDERED = -1;
}
