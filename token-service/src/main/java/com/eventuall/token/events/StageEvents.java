package com.eventuall.token.events;

import com.eventuall.contracts.Ids;
import com.eventuall.contracts.InvalidIdException;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.LivekitEvent;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.platform.events.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * What calls for a look at somebody's permissions: entering and leaving the stage, and connecting to LiveKit, since a token
 * may have been signed a moment before the stage changed. Malformed records go to the dead letters.
 */
@ApplicationScoped
public class StageEvents {
    private final PermissionSync permissions;

    StageEvents(PermissionSync permissions) {
        this.permissions = permissions;
    }

    @Incoming("stage-entered")
    public Uni<Void> entered(ConsumerRecord<String, byte[]> record) {
        StageEntered event = ReceivedEvent.read(record).as(StageEntered.class);
        return permissions.sync(event.room(), event.userId());
    }

    @Incoming("stage-exited")
    public Uni<Void> exited(ConsumerRecord<String, byte[]> record) {
        StageExited event = ReceivedEvent.read(record).as(StageExited.class);
        return permissions.sync(event.room(), event.userId());
    }

    @Incoming("livekit-events")
    public Uni<Void> livekit(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        LivekitEvent event = received.as(LivekitEvent.class);
        LivekitEvent.Participant participant = event.participant();
        if (!"participant_joined".equals(event.event()) || participant == null || participant.kind() != null) {
            return Uni.createFrom().voidItem();
        }
        try {
            return permissions.sync(RoomKey.parse(received.subject()), Ids.userId(participant.identity()));
        } catch (InvalidIdException e) {
            // Somebody with a token of another maker; none of our people.
            return Uni.createFrom().voidItem();
        }
    }
}
