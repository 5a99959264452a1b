package com.eventuall.chat;

import com.eventuall.chat.vetting.Vetting;
import com.eventuall.chat.vetting.VettingChange;
import com.eventuall.chat.vetting.VettingRules;
import com.eventuall.contracts.RoomKey;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where vettings are kept. Each method is one transaction, events included. */
public interface VettingStore {
    /** Somebody in a room. */
    record Person(RoomKey room, String userId) {}

    /** A vetting whose next step at the vendor is due. */
    record VettingTask(Person person, Vetting vetting, int attempts) {}

    /** An open vetting, as moderators see it. */
    record OpenVetting(String userId, String conversationSid, String requestId, long requestedAt) {}

    /** A moderator's place in a vetting conversation. */
    record ModeratorSeat(String moderatorId, Person person, String conversationSid) {}

    /**
     * Applies a rule to all vettings of a person in a room, with nobody else doing so at the same time, and stores and announces
     * what it says.
     */
    Uni<Void> apply(Person person, Function<VettingRules, VettingChange> rule);

    /**
     * As {@link #apply(Person, Function)}, and remembers that the person came on stage at that moment, by a request that is not
     * known.
     */
    Uni<Void> applyEntry(Person person, long enteredAt, Function<VettingRules, VettingChange> rule);

    /** Whose vetting that conversation is. */
    Uni<Optional<Person>> personOf(String conversationSid);

    /** Vettings with a due step; nobody else gets them for a while. */
    Uni<List<VettingTask>> claim(int limit);

    /** Tries a step again later. */
    Uni<Void> postpone(VettingTask task, Duration delay);

    /** The open vettings of a room whose user id is greater than {@code after}, by user id. */
    Uni<List<OpenVetting>> open(RoomKey room, String after, int limit);

    /** The live vetting of a person, if there is one. */
    Uni<Optional<Vetting>> live(Person person);

    /** The seats of a moderator, oldest first, over all rooms. */
    Uni<List<ModeratorSeat>> seats(String moderatorId);

    Uni<Void> seated(ModeratorSeat seat);

    Uni<Void> unseated(String moderatorId, String conversationSid);
}
