package com.eventuall.presence.events;

import com.eventuall.contracts.events.ChatRoomOpened;
import com.eventuall.contracts.events.QueueChanged;
import com.eventuall.contracts.events.RecordingChanged;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.presence.QueueLists;
import com.eventuall.presence.Recording;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.Stay;
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
    public Uni<Void> entered(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        StageEntered event = received.as(StageEntered.class);
        Stay stay = new Stay(event.stayId(), event.enteredAt());
        return changes.apply(event.room(), new RoomOp.EnterStage(event.userId(), stay, received.sequence()));
    }

    @Incoming("stage-exited")
    public Uni<Void> exited(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        StageExited event = received.as(StageExited.class);
        return changes.apply(event.room(), new RoomOp.ExitStage(event.userId(), received.sequence()));
    }

    @Incoming("queue-changed")
    public Uni<Void> queue(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        QueueChanged event = received.as(QueueChanged.class);
        QueueLists lists = new QueueLists(event.revision(), event.pending(), event.live());
        return changes.apply(event.room(), new RoomOp.SetQueue(lists, received.sequence()));
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
