package com.eventuall.presence.events;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.QueueChanged;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.presence.QueueLists;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.Stay;
import java.util.Set;

/** What queue-service says, as an operation on a room. */
final class QueueOps {
    /** The types that {@link #of} takes. */
    static final Set<EventType> TYPES =
            Set.of(EventType.STAGE_ENTERED, EventType.STAGE_EXITED, EventType.QUEUE_CHANGED);

    private QueueOps() {}

    static RoomOp of(ReceivedEvent received) {
        Object payload = received.payload();
        if (payload instanceof StageEntered event) {
            return new RoomOp.EnterStage(
                    event.userId(), new Stay(event.stayId(), event.enteredAt()), received.sequence());
        }
        if (payload instanceof StageExited event) {
            return new RoomOp.ExitStage(event.userId(), received.sequence());
        }
        QueueChanged event = received.as(QueueChanged.class);
        return new RoomOp.SetQueue(
                new QueueLists(event.revision(), event.pending(), event.live()), received.sequence());
    }
}
