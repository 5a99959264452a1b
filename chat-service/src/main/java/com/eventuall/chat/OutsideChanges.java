package com.eventuall.chat;

import com.eventuall.chat.vetting.VettingChange;
import com.eventuall.chat.vetting.VettingRules;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.function.BiFunction;

/**
 * Puts right what somebody changed at the vendor without us. The vendor never uses an id twice and never reopens what is closed,
 * so hearing of a change again, or late, does no harm.
 */
public final class OutsideChanges {
    private final RoomStore rooms;
    private final VettingStore vettings;
    private final ReactionStore reactions;
    private final SidDirectory directory;
    private final Clock clock;

    public OutsideChanges(
            RoomStore rooms, VettingStore vettings, ReactionStore reactions, SidDirectory directory, Clock clock) {
        this.rooms = rooms;
        this.vettings = vettings;
        this.reactions = reactions;
        this.directory = directory;
        this.clock = clock;
    }

    /** A conversation was deleted. A room or a live vetting gets a new one, and that is announced. */
    public Uni<Void> conversationRemoved(String sid) {
        return offTheDirectory(sid)
                .chain(() -> rooms.gone(sid))
                .chain(wasRoom -> wasRoom
                        ? Uni.createFrom().voidItem()
                        : inVetting(sid, (rules, now) -> rules.conversationGone(sid, now)));
    }

    /** A conversation was closed, which is for good: the room's chat, or the vetting, is over. */
    public Uni<Void> conversationClosed(String sid) {
        return offTheDirectory(sid)
                .chain(() -> rooms.closed(sid))
                .chain(() -> inVetting(sid, (rules, now) -> rules.conversationClosed(sid, now)));
    }

    private Uni<Void> offTheDirectory(String sid) {
        return rooms.roomOf(sid)
                .chain(room -> room.isEmpty() ? Uni.createFrom().voidItem() : directory.remove(room.get(), sid));
    }

    /** A person was taken out, and comes in again by asking for it. */
    public Uni<Void> participantRemoved(String sid, String userId) {
        return rooms.unseated(sid, userId).chain(() -> vettings.unseated(userId, sid));
    }

    /** A message was deleted. What is said in a vetting is nobody else's business: of that, nothing is announced. */
    public Uni<Void> messageRemoved(String sid, String messageSid) {
        return rooms.roomOf(sid)
                .chain(room -> room.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : messageRemoved(new MessageRef(room.get(), sid, messageSid)));
    }

    /** A room's message was deleted. Announced before its reactions are forgotten: if that fails, it is found again. */
    Uni<Void> messageRemoved(MessageRef message) {
        return rooms.messageRemoved(message).chain(() -> reactions.forget(message));
    }

    private Uni<Void> inVetting(String sid, BiFunction<VettingRules, Long, VettingChange> rule) {
        return vettings.personOf(sid)
                .chain(person -> person.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : vettings.apply(person.get(), rules -> rule.apply(rules, clock.millis())));
    }
}
