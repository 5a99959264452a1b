package com.eventuall.recording.db;

import com.eventuall.contracts.events.ClipChanged;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.RecordingChanged;
import com.eventuall.platform.events.OutgoingEvent;
import com.eventuall.platform.outbox.PostgresOutbox;
import com.eventuall.platform.tracing.TraceContext;
import com.eventuall.recording.Clip;
import com.eventuall.recording.Fact;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes facts to the outbox, with the full state of what they are about. */
@RegisterForReflection(targets = {RecordingChanged.class, ClipChanged.class})
final class FactEvents {
    private final ObjectMapper json;
    private final Supplier<UUID> ids;
    private final Clock clock;

    FactEvents(ObjectMapper json, Supplier<UUID> ids, Clock clock) {
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<Void> append(Mutiny.Session session, Recording recording, List<Fact> facts) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Fact fact : facts) {
            done = done.chain(() -> PostgresOutbox.append(session, event(recording, fact)));
        }
        return done;
    }

    private OutgoingEvent event(Recording recording, Fact fact) {
        EventType type = switch (fact.kind()) {
            case STARTED -> EventType.RECORDING_STARTED;
            case STOPPED -> EventType.RECORDING_STOPPED;
            case FAILED -> EventType.RECORDING_FAILED;
            case READY -> EventType.RECORDING_READY;
            case CLIP_READY -> EventType.CLIP_READY;
            case CLIP_FAILED -> EventType.CLIP_FAILED;
        };
        Object payload = fact.clipId() == null ? recording(recording) : clip(recording, fact.clipId());
        try {
            return new OutgoingEvent(
                    ids.get().toString(),
                    type,
                    recording.spec().room().key(),
                    clock.millis(),
                    OutgoingEvent.UNORDERED,
                    json.writeValueAsString(payload),
                    TraceContext.current());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + type, e);
        }
    }

    private static RecordingChanged recording(Recording recording) {
        RecordingView view = RecordingView.of(recording);
        return new RecordingChanged(
                view.eventId(),
                view.roomId(),
                view.id(),
                view.state(),
                view.reason(),
                view.startedAt(),
                view.endedAt(),
                view.playbackUrl());
    }

    private static ClipChanged clip(Recording recording, UUID clipId) {
        Clip clip = recording.clips().stream()
                .filter(one -> one.id().equals(clipId))
                .findFirst()
                .orElseThrow();
        RecordingView.ClipView view = RecordingView.ClipView.of(clip);
        return new ClipChanged(
                recording.spec().room().eventId(),
                recording.spec().room().roomId(),
                recording.id().toString(),
                view.id(),
                view.userId(),
                view.state(),
                view.reason(),
                view.assetId(),
                view.playbackUrl(),
                view.start(),
                view.end());
    }
}
