package com.eventuall.recording.events;

import com.eventuall.contracts.Ids;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.LivekitEvent;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.platform.events.MalformedEventException;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.recording.Hints;
import com.eventuall.recording.clip.Stay;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Stays on stage, which are kept whether or not the room is recorded, and LiveKit's hints. Malformed records go to the dead
 * letters; while the database is away a record is tried again until it is back, since a lost stay would be a lost clip.
 */
@ApplicationScoped
public class IncomingEvents {
    /** Printable and without blanks: ids of stays are kept in one column of a clip, separated by blanks. */
    private static final Pattern STAY_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /** The end of the year 9999. */
    private static final long LATEST = 253_402_300_799_999L;

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
        return keep(received, event.room(), event.stayId(), event.userId(), moment(event.enteredAt()), null);
    }

    @Incoming("stage-exited")
    public Uni<Void> exited(ConsumerRecord<String, byte[]> record) {
        ReceivedEvent received = ReceivedEvent.read(record);
        StageExited event = received.as(StageExited.class);
        Instant enteredAt = moment(event.enteredAt());
        return keep(received, event.room(), event.stayId(), event.userId(), enteredAt, moment(event.exitedAt()));
    }

    /** A missing time reads as 0 and would be a stay since 1970; one beyond the database's range is stored as another. */
    private static Instant moment(long epochMillis) {
        if (epochMillis <= 0 || epochMillis > LATEST) {
            throw new MalformedEventException("a time of the stay is missing or impossible");
        }
        return Instant.ofEpochMilli(epochMillis);
    }

    private Uni<Void> keep(
            ReceivedEvent received,
            RoomKey room,
            @Nullable String stayId,
            String userId,
            Instant enteredAt,
            @Nullable Instant exitedAt) {
        if (stayId == null || !STAY_ID.matcher(stayId).matches()) {
            throw new MalformedEventException("stayId is missing or malformed");
        }
        Stay stay = new Stay(stayId, Ids.userId(userId), enteredAt, exitedAt);
        return untilStored(() -> hints.stay(origin(received), room, stay));
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

    /** Whether the database will never take it: SQLSTATE class 22, data exception, or 23, integrity violation. */
    private static boolean refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
            if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
                return true;
            }
        }
        return false;
    }

    private static Hints.Origin origin(ReceivedEvent received) {
        return new Hints.Origin(received.source(), received.id());
    }

    private static Uni<Void> untilStored(Supplier<CompletionStage<Void>> store) {
        return Uni.createFrom()
                .completionStage(store)
                .onFailure(failure -> !refused(failure))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }
}
