package com.eventuall.chat;

import com.eventuall.chat.Conversations.Conversation;
import com.eventuall.chat.Conversations.Wanted;
import com.eventuall.chat.RoomStore.Seat;
import com.eventuall.chat.RoomStore.View;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings people into their room's conversation. There is one conversation per room however many come first at once, on however
 * many replicas: the vendor's unique name decides which one, the row in the store remembers it. A person who is in already
 * costs no call to the vendor.
 */
public final class RoomChats {
    private static final Duration SOON = Duration.ofMillis(500);

    private final RoomStore store;
    private final Conversations conversations;
    private final SidDirectory directory;
    private final ConversationNames names;
    /** Rooms whose conversation is being made by this replica, so that a rush of people makes one call. */
    private final SingleFlight<RoomKey, RoomChat> opening = new SingleFlight<>();

    private final SingleFlight<String, Conversation> looking = new SingleFlight<>();
    private final Sightings sightings;

    public RoomChats(
            RoomStore store,
            Conversations conversations,
            SidDirectory directory,
            ConversationNames names,
            Clock clock) {
        this.store = store;
        this.conversations = conversations;
        this.directory = directory;
        this.names = names;
        this.sightings = new Sightings(clock);
    }

    /**
     * How a person's wish to come in ended.
     *
     * @param conversationSid the room's conversation; null if the chat is over
     * @param joined whether the person is in; otherwise they are let in as soon as the vendor can
     */
    public record Entry(@Nullable String conversationSid, boolean joined) {
        static final Entry OVER = new Entry(null, false);

        /** Whether the room's chat has ended for good. */
        public boolean isOver() {
            return conversationSid == null;
        }
    }

    /**
     * Lets a person into the room's chat, making it if there is none.
     *
     * @return fails with a {@link VendorException} if there is no conversation yet and none can be made now
     */
    public Uni<Entry> enter(RoomKey room, String userId, Role role) {
        return store.find(room, userId).chain(view -> enter(view, room, userId, role));
    }

    private Uni<Entry> enter(View view, RoomKey room, String userId, Role role) {
        RoomChat chat = view.chat().orElse(null);
        if (chat != null && !chat.isOpen()) {
            return Uni.createFrom().item(Entry.OVER);
        }
        String known = chat == null ? null : chat.conversationSid();
        if (known == null) {
            return open(room)
                    .chain(fresh -> fresh.isOpen() && fresh.conversationSid() != null
                            ? join(new Seat(room, userId, role, fresh.conversationSid()), true)
                            : Uni.createFrom().item(Entry.OVER));
        }
        Seat wanted = new Seat(room, userId, role, known);
        return view.seat().filter(wanted::equals).isPresent() ? stay(wanted) : join(wanted, true);
    }

    /** Somebody who is in. Now and then it is checked that what they are in is still there, since webhooks can get lost. */
    private Uni<Entry> stay(Seat seat) {
        String sid = seat.conversationSid();
        if (sightings.isRecent(sid)) {
            return Uni.createFrom().item(new Entry(sid, true));
        }
        return looking.run(sid, conversations::find)
                .invoke(found -> sightings.seen(sid))
                .chain(found -> found.closed()
                        ? over(seat)
                        : directory.put(seat.room(), sid).replaceWith(new Entry(sid, true)))
                .onFailure(VendorException::isTransient)
                .recoverWithItem(new Entry(sid, true))
                .onFailure(failure -> VendorException.is(failure, Kind.NOT_FOUND))
                .recoverWithUni(() -> replace(seat));
    }

    /** Makes or finds the room's conversation and stores it. */
    Uni<RoomChat> open(RoomKey room) {
        return opening.run(room, this::make);
    }

    /** Looks again first: somebody may have made it between the caller's look and now. */
    private Uni<RoomChat> find(RoomKey room, Wanted wanted) {
        return store.find(room)
                .chain(known -> known.filter(chat -> !chat.isOpen() || chat.conversationSid() != null)
                        .map(chat -> Uni.createFrom().item(chat))
                        .orElseGet(() ->
                                conversations.ensure(wanted).chain(conversation -> store.opened(room, conversation))));
    }

    private Uni<RoomChat> make(RoomKey room) {
        String attributes = "{\"eventId\":\"" + room.eventId() + "\",\"roomId\":\"" + room.roomId() + "\"}";
        return find(room, new Wanted(names.ofRoom(room), room.key(), attributes, Optional.empty()))
                .call(chat -> chat.isOpen() && chat.conversationSid() != null
                        ? directory.put(room, chat.conversationSid())
                        : Uni.createFrom().voidItem());
    }

    private Uni<Entry> join(Seat seat, boolean mayRepair) {
        return conversations
                .join(seat.conversationSid(), seat.userId(), seat.role())
                .invoke(() -> sightings.seen(seat.conversationSid()))
                .chain(() -> store.seated(seat))
                .call(() -> directory.put(seat.room(), seat.conversationSid()))
                .replaceWith(new Entry(seat.conversationSid(), true))
                .onFailure(VendorException::isTransient)
                .recoverWithUni(
                        () -> store.seatWanted(seat, SOON).replaceWith(new Entry(seat.conversationSid(), false)))
                .onFailure(failure -> VendorException.is(failure, Kind.REFUSED))
                .recoverWithUni(refusal -> conversations
                        .confirmClosed(seat.conversationSid(), refusal)
                        .chain(() -> over(seat)))
                .onFailure(failure -> mayRepair && VendorException.is(failure, Kind.NOT_FOUND))
                .recoverWithUni(() -> repair(seat));
    }

    /** Nobody told us that the conversation is closed, which is for good: the first person to find out ends the chat. */
    private Uni<Entry> over(Seat seat) {
        return store.closed(seat.conversationSid())
                .chain(() -> directory.remove(seat.room(), seat.conversationSid()))
                .replaceWith(Entry.OVER);
    }

    /** Something that the call was about does not exist: only if that is the conversation is there anything to put right. */
    private Uni<Entry> repair(Seat seat) {
        return conversations.confirmGone(seat.conversationSid()).chain(() -> replace(seat));
    }

    /** Nobody told us that the conversation is gone, so the first person to find out makes the next one. */
    private Uni<Entry> replace(Seat seat) {
        return store.gone(seat.conversationSid())
                .chain(() -> directory.remove(seat.room(), seat.conversationSid()))
                .chain(() -> open(seat.room()))
                .chain(chat -> chat.isOpen() && chat.conversationSid() != null
                        ? join(new Seat(seat.room(), seat.userId(), seat.role(), chat.conversationSid()), false)
                        : Uni.createFrom().item(Entry.OVER));
    }

    /** Lets somebody in who was promised it. */
    Uni<Void> retry(Seat seat) {
        return conversations
                .join(seat.conversationSid(), seat.userId(), seat.role())
                .chain(() -> store.seated(seat))
                .onFailure(failure -> VendorException.is(failure, Kind.NOT_FOUND))
                .recoverWithUni(() -> repair(seat).replaceWithVoid());
    }

    /** The room's conversation, if it has one. */
    public Uni<Optional<RoomChat>> find(RoomKey room) {
        return store.find(room);
    }

    /**
     * The SID of the room's conversation for something that happens in it: from the directory, or from the store where the
     * directory does not know.
     */
    public Uni<Optional<String>> conversationOf(RoomKey room) {
        return directory
                .find(room)
                .chain(known -> known.isPresent()
                        ? Uni.createFrom().item(known)
                        : store.find(room)
                                .map(chat -> chat.filter(RoomChat::isOpen)
                                        .flatMap(open -> Optional.ofNullable(open.conversationSid())))
                                .call(found -> found.map(sid -> directory.put(room, sid))
                                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    /** Ends the room's chat for good; its conversation is closed at the vendor as soon as that is possible. */
    public Uni<Optional<RoomChat>> end(RoomKey room) {
        return store.end(room)
                .call(ended -> ended.map(RoomChat::conversationSid)
                        .map(sid -> directory.remove(room, sid))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }
}
