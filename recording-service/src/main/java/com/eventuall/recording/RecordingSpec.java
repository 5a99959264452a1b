package com.eventuall.recording;

import com.eventuall.contracts.RoomKey;
import java.time.Instant;
import java.util.UUID;

/**
 * What was asked for. Never changes.
 *
 * @param id UUIDv7
 * @param room the recorded room
 * @param lowLatency whether viewers of the live stream get Mux's low latency mode
 * @param layout LiveKit template layout, such as {@code grid} or {@code speaker-light}
 * @param requestedBy userId of the moderator
 * @param requestedAt when the request was stored
 */
public record RecordingSpec(
        UUID id, RoomKey room, boolean lowLatency, String layout, String requestedBy, Instant requestedAt) {}
