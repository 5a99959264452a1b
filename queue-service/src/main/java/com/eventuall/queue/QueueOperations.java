package com.eventuall.queue;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.RoomKey;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What people may do with a queue without editing the document themselves. Each operation completes when it is durable and
 * announced; each may be repeated.
 */
public final class QueueOperations {

    /** Where somebody is now. */
    public record Seat(String userId, String list) {
        static Seat of(String userId, Place place) {
            return new Seat(userId, place.wireName());
        }
    }

    private final Rooms rooms;
    private final RoomStore store;
    private final int maxLive;
    private final Clock clock;
    private final Supplier<String> tickets;

    /** @param tickets makes the id of each new request, unique for ever */
    public QueueOperations(
            Rooms rooms, RoomStore store, QueueSettings settings, Clock clock, Supplier<String> tickets) {
        this.rooms = rooms;
        this.store = store;
        this.maxLive = settings.maxLive();
        this.clock = clock;
        this.tickets = tickets;
    }

    /** What was announced last. */
    public CompletionStage<Published> published(RoomKey room) {
        return store.published(room);
    }

    /** Puts somebody on the pending list, unless they are in the queue; refused if it is full. */
    public CompletionStage<Seat> request(RoomKey room, String userId, String name) {
        return rooms.edit(
                room,
                document -> {
                    if (document.placeOf(userId) == null && document.size() >= QueueLimit.MAX_PEOPLE) {
                        throw new QueueException(ErrorCode.CONFLICT, "The queue is full");
                    }
                    document.request(userId, name, clock.millis(), tickets.get());
                    return seat(document, userId);
                },
                Map.of());
    }

    /** Takes somebody out of the queue at their own wish. */
    public CompletionStage<Void> withdraw(RoomKey room, String userId) {
        return rooms.edit(room, document -> document.remove(userId), Map.of(userId, Causes.WITHDRAWN))
                .thenApply(removed -> null);
    }

    /** Takes somebody out of the queue. */
    public CompletionStage<Void> remove(RoomKey room, String userId) {
        return rooms.edit(room, document -> document.remove(userId), Map.of()).thenApply(removed -> null);
    }

    /** Puts somebody on the other list; refused if they are not in the queue, or the stage is full. */
    public CompletionStage<Seat> moveTo(Place place, RoomKey room, String userId) {
        return rooms.edit(
                room,
                document -> {
                    seat(document, userId);
                    boolean full = maxLive > 0 && document.view().live().size() >= maxLive;
                    if (place == Place.LIVE && document.placeOf(userId) != Place.LIVE && full) {
                        throw new QueueException(ErrorCode.CONFLICT, "The stage is full");
                    }
                    document.moveTo(place, userId);
                    return seat(document, userId);
                },
                Map.of());
    }

    /** Moves somebody inside their list; refused if they are not in the queue. */
    public CompletionStage<Seat> moveToIndex(RoomKey room, String userId, int index) {
        return rooms.edit(
                room,
                document -> {
                    seat(document, userId);
                    document.moveToIndex(userId, index);
                    return seat(document, userId);
                },
                Map.of());
    }

    private static Seat seat(QueueDocument document, String userId) {
        Place place = document.placeOf(userId);
        if (place == null) {
            throw new QueueException(ErrorCode.NOT_FOUND, "Nobody of that id is in the queue");
        }
        return Seat.of(userId, place);
    }
}
