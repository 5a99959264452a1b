package com.eventuall.queue.events;

import com.eventuall.contracts.events.ParticipantConnected;
import com.eventuall.contracts.events.ParticipantDisconnected;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.queue.Patrol;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Who comes and goes. The events carry their times, so their order of arrival does not matter. */
@ApplicationScoped
public class PresenceEvents {

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration MAX_RETRY = Duration.ofSeconds(5);

    private final Patrol patrol;

    PresenceEvents(Patrol patrol) {
        this.patrol = patrol;
    }

    @Incoming("participant-connected")
    public Uni<Void> connected(ConsumerRecord<String, byte[]> record) {
        ParticipantConnected event = ReceivedEvent.read(record).as(ParticipantConnected.class);
        return untilStored(() -> patrol.back(event.room(), event.userId(), event.connectedAt()));
    }

    @Incoming("participant-disconnected")
    public Uni<Void> disconnected(ConsumerRecord<String, byte[]> record) {
        ParticipantDisconnected event = ReceivedEvent.read(record).as(ParticipantDisconnected.class);
        return untilStored(() -> patrol.gone(event.room(), event.userId(), event.disconnectedAt()));
    }

    /** A store that is away is no fault of the event: it waits, and its partition with it. */
    private static Uni<Void> untilStored(Supplier<CompletionStage<Void>> step) {
        return Uni.createFrom()
                .completionStage(step)
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, MAX_RETRY)
                .indefinitely();
    }
}
