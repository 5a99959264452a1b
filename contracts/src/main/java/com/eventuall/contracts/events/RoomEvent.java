package com.eventuall.contracts.events;

import com.eventuall.contracts.RoomKey;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** The payload of an event about one room. */
public interface RoomEvent {
    /** The event. */
    String eventId();

    /** The room in that event. */
    String roomId();

    /** The room that this is about: the Kafka key and the CloudEvents subject. */
    @JsonIgnore
    default RoomKey room() {
        return new RoomKey(eventId(), roomId());
    }
}
