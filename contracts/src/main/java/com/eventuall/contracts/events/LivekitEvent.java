package com.eventuall.contracts.events;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of LiveKit as it travels on {@code livekit-events}: LiveKit's own JSON (proto3 mapping: lower camel case,
 * default values omitted, 64-bit integers as strings), of which this record reads the parts that the suite uses. The event
 * id is the CloudEvents id. LiveKit promises neither order nor delivery, so this is a hint to look, not the state.
 *
 * @param event the kind, as in {@code track_unpublished}
 * @param id LiveKit's event id
 * @param createdAt epoch seconds
 * @param room the room; for egress events see {@code egressInfo}
 * @param participant the participant, in participant and track events
 * @param track the track, in track events
 * @param egressInfo the egress, in egress events
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LivekitEvent(
        String event,
        String id,
        long createdAt,
        @Nullable Room room,
        @Nullable Participant participant,
        @Nullable Track track,
        @Nullable Egress egressInfo) {
    public LivekitEvent {
        event = Field.text(event, "event");
        id = Field.text(id, "id");
    }

    /** A LiveKit room; its name is a room key. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Room(@Nullable String sid, @Nullable String name) {}

    /** A LiveKit participant; the identity is a user id, {@code kind} is absent for people. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Participant(
            @Nullable String sid,
            @Nullable String identity,
            @Nullable String kind) {}

    /** A published track. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Track(
            @Nullable String sid,
            @Nullable String type,
            @Nullable String source) {}

    /** An egress; a missing status means {@code EGRESS_STARTING}. Times are nanoseconds. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Egress(
            @Nullable String egressId,
            @Nullable String roomName,
            @Nullable String status,
            @Nullable String error,
            int errorCode,
            @Nullable String details) {}

    /** The LiveKit room's name, wherever this kind of event carries it; null if nowhere. */
    public @Nullable String roomName() {
        if (room != null && room.name() != null) {
            return room.name();
        }
        return egressInfo == null ? null : egressInfo.roomName();
    }
}
