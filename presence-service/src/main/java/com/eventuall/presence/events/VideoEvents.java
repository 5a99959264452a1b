package com.eventuall.presence.events;

import com.eventuall.contracts.InvalidIdException;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.LivekitEvent;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.presence.RoomOp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * What the video server says: a pin goes when its track or the one who published it is gone. A track's id is never used
 * again, so that event may come at any time; a person may come back, so their going only takes pins set before it.
 */
@ApplicationScoped
public class VideoEvents {
    private final RoomChanges changes;

    VideoEvents(RoomChanges changes) {
        this.changes = changes;
    }

    @Incoming("livekit-events")
    public Uni<Void> heard(ConsumerRecord<String, byte[]> record) {
        LivekitEvent event = ReceivedEvent.read(record).as(LivekitEvent.class);
        RoomOp op = op(event);
        RoomKey room = room(event.roomName());
        return op == null || room == null ? Uni.createFrom().voidItem() : changes.applyIfKnown(room, op);
    }

    private static @Nullable RoomOp op(LivekitEvent event) {
        LivekitEvent.Track track = event.track();
        LivekitEvent.Participant participant = event.participant();
        return switch (event.event()) {
            case "track_unpublished" -> track == null || track.sid() == null ? null : new RoomOp.RemovePin(track.sid());
            case "participant_left", "participant_connection_aborted" ->
                participant == null || participant.identity() == null
                        ? null
                        : new RoomOp.RemovePinsOf(
                                participant.identity(),
                                Duration.ofSeconds(event.createdAt()).toMillis());
            default -> null;
        };
    }

    /** Null for a video room that is none of ours. */
    private static @Nullable RoomKey room(@Nullable String name) {
        try {
            return name == null ? null : RoomKey.parse(name);
        } catch (InvalidIdException notOurs) {
            return null;
        }
    }
}
