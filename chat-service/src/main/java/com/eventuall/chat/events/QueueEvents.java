package com.eventuall.chat.events;

import com.eventuall.chat.ConversationNames;
import com.eventuall.chat.Vettings;
import com.eventuall.contracts.Ids;
import com.eventuall.contracts.InvalidIdException;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageRequested;
import com.eventuall.contracts.events.StageWithdrawn;
import com.eventuall.platform.events.MalformedEventException;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * What the queue says about requests for the stage. An event is acknowledged when the store has it; while the store does not
 * answer it is tried again, and everything behind it waits. What is malformed goes to the dead letters.
 */
@ApplicationScoped
public class QueueEvents {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final String NO_REQUEST = "-";

    private final Vettings vettings;

    QueueEvents(Vettings vettings) {
        this.vettings = vettings;
    }

    @Incoming("stage-requested")
    public Uni<Void> requested(ConsumerRecord<String, byte[]> record) {
        StageRequested event = ReceivedEvent.read(record).as(StageRequested.class);
        require(event.userId(), event.requestId());
        return persistently(Uni.createFrom().deferred(() -> vettings.requested(event)));
    }

    @Incoming("stage-withdrawn")
    public Uni<Void> withdrawn(ConsumerRecord<String, byte[]> record) {
        StageWithdrawn event = ReceivedEvent.read(record).as(StageWithdrawn.class);
        require(event.userId(), event.requestId());
        return persistently(Uni.createFrom().deferred(() -> vettings.withdrawn(event)));
    }

    @Incoming("stage-entered")
    public Uni<Void> entered(ConsumerRecord<String, byte[]> record) {
        StageEntered event = ReceivedEvent.read(record).as(StageEntered.class);
        String requestId = event.requestId();
        require(event.userId(), requestId == null ? NO_REQUEST : requestId);
        return persistently(Uni.createFrom().deferred(() -> vettings.entered(event)));
    }

    private static void require(@Nullable String userId, @Nullable String requestId) {
        try {
            Ids.userId(userId);
        } catch (InvalidIdException e) {
            throw new MalformedEventException("malformed userId");
        }
        if (requestId == null || !ConversationNames.isUsable(requestId)) {
            throw new MalformedEventException("malformed requestId");
        }
    }

    private static Uni<Void> persistently(Uni<Void> taking) {
        return taking.onFailure(ProblemException.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }
}
