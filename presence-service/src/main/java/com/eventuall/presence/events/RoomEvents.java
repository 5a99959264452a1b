package com.eventuall.presence.events;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.ChatRoomOpened;
import com.eventuall.contracts.events.RecordingChanged;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.presence.Recording;
import com.eventuall.presence.RoomOp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * What other services say about a room. Every event has the whole state of its subject and a sequence, and the store takes
 * only what is newer; so doubled, late and replayed events change nothing.
 */
@ApplicationScoped
public class RoomEvents {
    private final RoomChanges changes;

    RoomEvents(RoomChanges changes) {
        this.changes = changes;
    }

    @Incoming("stage-entered")
    @Incoming("stage-exited")
    @Incoming("queue-changed")
    public Uni<Void> queue(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        return changes.apply(RoomKey.parse(received.subject()), QueueOps.of(received));
    }

    @Incoming("recording-started")
    @Incoming("recording-stopped")
    @Incoming("recording-failed")
    @Incoming("recording-ready")
    public Uni<Void> recording(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        RecordingChanged event = received.as(RecordingChanged.class);
        Recording recording = new Recording(
                event.recordingId(),
                event.state().toLowerCase(Locale.ROOT),
                event.startedAt(),
                event.playbackUrl(),
                event.reason());
        return changes.apply(event.room(), new RoomOp.SetRecording(recording, received.sequence()));
    }

    @Incoming("chat-room-opened")
    public Uni<Void> chat(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        ChatRoomOpened event = received.as(ChatRoomOpened.class);
        return changes.apply(event.room(), new RoomOp.SetChat(event.conversationSid(), received.sequence()));
    }
}
