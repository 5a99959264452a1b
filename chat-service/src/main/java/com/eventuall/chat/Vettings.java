package com.eventuall.chat;

import com.eventuall.chat.VendorException.Kind;
import com.eventuall.chat.VettingStore.ModeratorSeat;
import com.eventuall.chat.VettingStore.OpenVetting;
import com.eventuall.chat.VettingStore.Person;
import com.eventuall.chat.vetting.Outcome;
import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageRequested;
import com.eventuall.contracts.events.StageWithdrawn;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Vettings as facts and moderators move them. Facts only change the store, so they are taken while the vendor is away; {@link
 * VettingWork} does at the vendor what follows. A moderator is let into a conversation when they open it, and taken out of the
 * one they opened longest ago when there are too many: the vendor limits the conversations of one person.
 */
public final class Vettings {
    private final VettingStore store;
    private final Conversations conversations;
    private final int seatsPerModerator;
    private final Clock clock;

    /** @param seatsPerModerator in how many vetting conversations one moderator may be at a time */
    public Vettings(VettingStore store, Conversations conversations, int seatsPerModerator, Clock clock) {
        this.store = store;
        this.conversations = conversations;
        this.seatsPerModerator = seatsPerModerator;
        this.clock = clock;
    }

    /** What a moderator who wants to talk gets. */
    public sealed interface Opening {
        /** The person is not being vetted. */
        record None() implements Opening {}

        /** The conversation is being made; try again in a moment. */
        record NotYet() implements Opening {}

        /** The moderator is in. */
        record In(String conversationSid) implements Opening {}
    }

    public Uni<Void> requested(StageRequested event) {
        return store.apply(
                new Person(event.room(), event.userId()),
                rules -> rules.requested(event.requestId(), event.requestedAt(), clock.millis()));
    }

    public Uni<Void> withdrawn(StageWithdrawn event) {
        Outcome outcome = Outcome.ofWithdrawal(event.outcome());
        return store.apply(
                new Person(event.room(), event.userId()),
                rules -> rules.ended(event.requestId(), outcome, event.withdrawnAt(), clock.millis()));
    }

    public Uni<Void> entered(StageEntered event) {
        Person person = new Person(event.room(), event.userId());
        long at = event.enteredAt();
        String requestId = event.requestId();
        return requestId == null
                ? store.applyEntry(person, at, rules -> rules.entered(at, clock.millis()))
                : store.apply(person, rules -> rules.ended(requestId, Outcome.APPROVED, at, clock.millis()));
    }

    /** The open vettings of a room whose user id is greater than {@code after}, by user id. */
    public Uni<List<OpenVetting>> open(RoomKey room, String after, int limit) {
        return store.open(room, after, limit);
    }

    /** The conversation in which that person is being vetted, if it is there. */
    public Uni<Optional<String>> conversationOf(RoomKey room, String userId) {
        return store.live(new Person(room, userId))
                .map(live -> live.flatMap(vetting -> Optional.ofNullable(vetting.conversationSid())));
    }

    /** Lets a moderator into a person's vetting. */
    public Uni<Opening> open(RoomKey room, String userId, String moderatorId) {
        Person person = new Person(room, userId);
        return store.live(person).chain(live -> {
            if (live.isEmpty()) {
                return Uni.createFrom().item(new Opening.None());
            }
            String sid = live.get().conversationSid();
            return sid == null
                    ? Uni.createFrom().item(new Opening.NotYet())
                    : enter(new ModeratorSeat(moderatorId, person, sid));
        });
    }

    private Uni<Opening> enter(ModeratorSeat seat) {
        return store.seats(seat.moderatorId())
                .chain(seats -> seats.stream().anyMatch(seat::equals)
                        ? Uni.createFrom().voidItem()
                        : leaveOldest(seats, seats.size() + 1 - seatsPerModerator)
                                .chain(() -> join(seat, seats)))
                .<Opening>replaceWith(new Opening.In(seat.conversationSid()))
                .onFailure(failure -> VendorException.is(failure, Kind.REFUSED))
                .recoverWithUni(refusal -> over(seat, refusal))
                .onFailure(failure -> VendorException.is(failure, Kind.NOT_FOUND))
                .recoverWithUni(() -> lookAgain(seat));
    }

    /** If the reason is that the conversation was closed outside, the vetting is over. */
    private Uni<Opening> over(ModeratorSeat seat, Throwable refusal) {
        String sid = seat.conversationSid();
        return conversations
                .confirmClosed(sid, refusal)
                .chain(() -> store.apply(seat.person(), rules -> rules.conversationClosed(sid, clock.millis())))
                .replaceWith(new Opening.None());
    }

    /** Something that joining was about does not exist: if that is the conversation, it is made anew. */
    private Uni<Opening> lookAgain(ModeratorSeat seat) {
        return conversations
                .confirmGone(seat.conversationSid())
                .chain(() -> conversationGone(seat.person(), seat.conversationSid()))
                .replaceWith(new Opening.NotYet());
    }

    private Uni<Void> join(ModeratorSeat seat, List<ModeratorSeat> others) {
        return conversations
                .join(seat.conversationSid(), seat.moderatorId(), Role.MODERATOR)
                .onFailure(failure -> VendorException.is(failure, Kind.PERSON_FULL) && !others.isEmpty())
                .recoverWithUni(() -> leaveOldest(others, 1)
                        .chain(() -> conversations.join(seat.conversationSid(), seat.moderatorId(), Role.MODERATOR)))
                .chain(() -> store.seated(seat));
    }

    private Uni<Void> leaveOldest(List<ModeratorSeat> seats, int howMany) {
        return Multi.createFrom()
                .iterable(seats.subList(0, Math.min(seats.size(), Math.max(0, howMany))))
                .onItem()
                .transformToUniAndConcatenate(seat -> conversations
                        .leave(seat.conversationSid(), seat.moderatorId())
                        .chain(() -> store.unseated(seat.moderatorId(), seat.conversationSid())))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> conversationGone(Person person, String conversationSid) {
        return store.apply(person, rules -> rules.conversationGone(conversationSid, clock.millis()));
    }
}
