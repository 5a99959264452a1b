package com.eventuall.recording.events;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.LivekitEvent;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.recording.Hints;
import com.eventuall.recording.clip.Stay;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Stays on stage, which are kept whether or not the room is recorded, and LiveKit's hints. Malformed records go to the dead
 * letters; while the database is away a record is tried again until it is back, since a lost stay would be a lost clip.
 */
@ApplicationScoped
public class IncomingEvents {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Hints hints;

    IncomingEvents(Hints hints) {
        this.hints = hints;
    }

    @Incoming("stage-entered")
    public Uni<Void> entered(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        StageEntered event = received.as(StageEntered.class);
        Stay stay = new Stay(event.stayId(), event.userId(), Instant.ofEpochMilli(event.enteredAt()), null);
        return untilStored(() -> hints.stay(origin(received), event.room(), stay));
    }

    @Incoming("stage-exited")
    public Uni<Void> exited(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        StageExited event = received.as(StageExited.class);
        Stay stay = new Stay(
                event.stayId(),
                event.userId(),
                Instant.ofEpochMilli(event.enteredAt()),
                Instant.ofEpochMilli(event.exitedAt()));
        return untilStored(() -> hints.stay(origin(received), event.room(), stay));
    }

    @Incoming("livekit-events")
    public Uni<Void> livekit(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        String kind = received.as(LivekitEvent.class).event();
        boolean ours = kind.startsWith("egress_") || kind.equals("room_finished");
        return ours
                ? untilStored(() -> hints.room(origin(received), RoomKey.parse(received.subject())))
                : Uni.createFrom().voidItem();
    }

    private static Hints.Origin origin(ReceivedEvent received) {
        return new Hints.Origin(received.source(), received.id());
    }

    private static Uni<Void> untilStored(Supplier<CompletionStage<Void>> store) {
        return Uni.createFrom()
                .completionStage(store)
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }
}
