package com.eventuall.chat;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where room chats are kept, and who has been let into them. Each method is one transaction, events included. */
public interface RoomStore {
    /** A person's place in a room's conversation, as far as this service brought it about. */
    record Seat(RoomKey room, String userId, Role role, String conversationSid) {}

    /** Work on a seat: the person is still to be let in. */
    record SeatTask(Seat seat, int attempts) {}

    /** Work on a room: its conversation is still to be closed, or to be made anew. */
    record RoomTask(RoomChat chat, int attempts) {}

    /** What is known of a room and of one person's seat there. */
    record View(Optional<RoomChat> chat, Optional<Seat> seat) {}

    Uni<View> find(RoomKey room, String userId);

    /** The room's chat. */
    Uni<Optional<RoomChat>> find(RoomKey room);

    /**
     * Stores the room's conversation if it has none, and announces it.
     *
     * @return what is stored then, by whomever
     */
    Uni<RoomChat> opened(RoomKey room, Conversations.Conversation conversation);

    /** Ends the room's chat if it is open. The item tells what is stored then; empty if there was no chat. */
    Uni<Optional<RoomChat>> end(RoomKey room);

    /** The conversation is closed at the vendor. */
    Uni<Void> closed(String conversationSid);

    /** The conversation has been deleted: an open room needs a new one. False if it is no room's. */
    Uni<Boolean> gone(String conversationSid);

    /** The room whose conversation that is. */
    Uni<Optional<RoomKey>> roomOf(String conversationSid);

    /** Announces that a message of the room's chat was deleted, once however often it is said. */
    Uni<Void> messageRemoved(MessageRef message);

    /** Notes that a person is in. */
    Uni<Void> seated(Seat seat);

    /** Notes that a person shall be let in, which is work from then on. */
    Uni<Void> seatWanted(Seat seat, Duration delay);

    /** Forgets a seat: somebody took the person out. */
    Uni<Void> unseated(String conversationSid, String userId);

    /** Rooms with due work; nobody else gets them for a while. */
    Uni<List<RoomTask>> claimRooms(int limit);

    /** Seats with due work; nobody else gets them for a while. */
    Uni<List<SeatTask>> claimSeats(int limit);

    /** Tries a room again later. */
    Uni<Void> postpone(RoomTask task, Duration delay);

    /** Tries a seat again later. */
    Uni<Void> postpone(SeatTask task, Duration delay);
}
