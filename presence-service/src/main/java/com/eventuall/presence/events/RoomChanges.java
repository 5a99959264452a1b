package com.eventuall.presence.events;

import com.eventuall.contracts.RoomKey;
import com.eventuall.presence.Batch;
import com.eventuall.presence.Node;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.RoomStore;
import com.eventuall.presence.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Applies what an event says. A store that does not answer is asked again until it does: the event waits in Kafka
 * meanwhile, and an outage never sends good events to the dead letters.
 */
@ApplicationScoped
public class RoomChanges {
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final RoomStore store;
    private final Node node;

    RoomChanges(RoomStore store, Node node) {
        this.store = store;
        this.node = node;
    }

    /** Applies {@code op}; begins the room if nobody has been there yet. */
    Uni<Void> apply(RoomKey room, RoomOp op) {
        return apply(room, node.freshEpoch(), op);
    }

    /** Applies {@code op} if the room exists. */
    Uni<Void> applyIfKnown(RoomKey room, RoomOp op) {
        return apply(room, "", op);
    }

    private Uni<Void> apply(RoomKey room, String freshEpoch, RoomOp op) {
        Batch batch = Batch.anonymous(freshEpoch, List.of(op));
        return Uni.createFrom()
                .completionStage(() -> store.apply(room, batch))
                .onFailure(StoreUnavailableException.class)
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .indefinitely()
                .replaceWithVoid();
    }
}
