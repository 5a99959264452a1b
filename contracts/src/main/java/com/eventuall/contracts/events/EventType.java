package com.eventuall.contracts.events;

import java.util.Optional;

/**
 * Every event type: its topic, its CloudEvents type and source, its payload. The one list from which topics are created and
 * against which the AsyncAPI document, the manifests and the services' configuration are checked.
 */
public enum EventType {
    PARTICIPANT_CONNECTED(
            "participant-connected",
            "com.eventuall.participant.connected.v1",
            "/eventuall/presence-service",
            ParticipantConnected.class),
    PARTICIPANT_DISCONNECTED(
            "participant-disconnected",
            "com.eventuall.participant.disconnected.v1",
            "/eventuall/presence-service",
            ParticipantDisconnected.class),
    PRESENCE_CHANGED(
            "presence-changed",
            "com.eventuall.presence.changed.v1",
            "/eventuall/presence-service",
            PresenceChanged.class),
    STAGE_REQUESTED(
            "stage-requested", "com.eventuall.stage.requested.v1", "/eventuall/queue-service", StageRequested.class),
    STAGE_WITHDRAWN(
            "stage-withdrawn", "com.eventuall.stage.withdrawn.v1", "/eventuall/queue-service", StageWithdrawn.class),
    STAGE_ENTERED("stage-entered", "com.eventuall.stage.entered.v1", "/eventuall/queue-service", StageEntered.class),
    STAGE_EXITED("stage-exited", "com.eventuall.stage.exited.v1", "/eventuall/queue-service", StageExited.class),
    QUEUE_CHANGED("queue-changed", "com.eventuall.queue.changed.v1", "/eventuall/queue-service", QueueChanged.class),
    RECORDING_STARTED(
            "recording-started",
            "com.eventuall.recording.started.v1",
            "/eventuall/recording-service",
            RecordingChanged.class),
    RECORDING_STOPPED(
            "recording-stopped",
            "com.eventuall.recording.stopped.v1",
            "/eventuall/recording-service",
            RecordingChanged.class),
    RECORDING_FAILED(
            "recording-failed",
            "com.eventuall.recording.failed.v1",
            "/eventuall/recording-service",
            RecordingChanged.class),
    RECORDING_READY(
            "recording-ready",
            "com.eventuall.recording.ready.v1",
            "/eventuall/recording-service",
            RecordingChanged.class),
    CLIP_READY("clip-ready", "com.eventuall.clip.ready.v1", "/eventuall/recording-service", ClipChanged.class),
    CLIP_FAILED("clip-failed", "com.eventuall.clip.failed.v1", "/eventuall/recording-service", ClipChanged.class),
    CHAT_ROOM_OPENED(
            "chat-room-opened", "com.eventuall.chat.room.opened.v1", "/eventuall/chat-service", ChatRoomOpened.class),
    CHAT_MESSAGE_REMOVED(
            "chat-message-removed",
            "com.eventuall.chat.message.removed.v1",
            "/eventuall/chat-service",
            ChatMessageRemoved.class),
    VETTING_OPENED("vetting-opened", "com.eventuall.vetting.opened.v1", "/eventuall/chat-service", VettingOpened.class),
    VETTING_CLOSED("vetting-closed", "com.eventuall.vetting.closed.v1", "/eventuall/chat-service", VettingClosed.class),
    LIVEKIT_EVENT("livekit-events", "com.eventuall.livekit.event.v1", "/eventuall/token-service", LivekitEvent.class),
    PASS_REVOKED("pass-revoked", "com.eventuall.pass.revoked.v1", "/eventuall/platform", PassRevoked.class);

    private final String topic;
    private final String type;
    private final String source;
    private final Class<?> payload;

    EventType(String topic, String type, String source, Class<?> payload) {
        this.topic = topic;
        this.type = type;
        this.source = source;
        this.payload = payload;
    }

    /** The Kafka topic, kebab-case. */
    public String topic() {
        return topic;
    }

    /** The topic that takes what a consumer could not digest. */
    public String deadLetterTopic() {
        return topic + ".dlq";
    }

    /** {@code ce_type}. A breaking change gets a new type beside the old one. */
    public String type() {
        return type;
    }

    /** {@code ce_source}. */
    public String source() {
        return source;
    }

    /** The record that the JSON value maps to. */
    public Class<?> payload() {
        return payload;
    }

    /** Where the JSON Schema lies on the class path. */
    public String schemaResource() {
        return "contracts/events/" + topic + ".schema.json";
    }

    /** The type with this {@code ce_type}, if it is one of ours. */
    public static Optional<EventType> byType(String type) {
        for (EventType candidate : values()) {
            if (candidate.type.equals(type)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
