package com.eventuall.chat.work;

import com.eventuall.chat.Backoff;
import com.eventuall.chat.ConversationNames;
import com.eventuall.chat.Conversations;
import com.eventuall.chat.OutsideChanges;
import com.eventuall.chat.ReactionMirror;
import com.eventuall.chat.ReactionStore;
import com.eventuall.chat.Reactions;
import com.eventuall.chat.RoomChats;
import com.eventuall.chat.RoomStore;
import com.eventuall.chat.RoomWork;
import com.eventuall.chat.SeatWork;
import com.eventuall.chat.SidDirectory;
import com.eventuall.chat.VettingStore;
import com.eventuall.chat.VettingWork;
import com.eventuall.chat.Vettings;
import com.eventuall.chat.Work;
import com.eventuall.chat.config.ChatConfig;
import com.eventuall.platform.EventuallConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Puts the core together with what stands behind its ports. */
@ApplicationScoped
public class Core {
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());

    @Produces
    @Singleton
    ConversationNames names(EventuallConfig config) {
        return new ConversationNames(config.environment());
    }

    @Produces
    @Singleton
    RoomChats rooms(
            RoomStore store,
            Conversations conversations,
            SidDirectory directory,
            ConversationNames names,
            Clock clock) {
        return new RoomChats(store, conversations, directory, names, clock);
    }

    @Produces
    @Singleton
    Vettings vettings(VettingStore store, Conversations conversations, ChatConfig config, Clock clock) {
        return new Vettings(store, conversations, config.vetting().seatsPerModerator(), clock);
    }

    @Produces
    @Singleton
    Reactions reactions(ReactionStore store, Conversations conversations) {
        return new Reactions(store, conversations);
    }

    @Produces
    @Singleton
    OutsideChanges outsideChanges(
            RoomStore rooms, VettingStore vettings, ReactionStore reactions, SidDirectory directory, Clock clock) {
        return new OutsideChanges(rooms, vettings, reactions, directory, clock);
    }

    @Produces
    @Singleton
    Work roomWork(RoomStore store, RoomChats rooms, Conversations conversations) {
        return new RoomWork(store, rooms, conversations, backoff);
    }

    @Produces
    @Singleton
    Work seatWork(RoomStore store, RoomChats rooms) {
        return new SeatWork(store, rooms, backoff);
    }

    @Produces
    @Singleton
    Work vettingWork(
            VettingStore store, Conversations conversations, ConversationNames names, ChatConfig config, Clock clock) {
        return new VettingWork(store, conversations, names, config.vetting().longest(), backoff, clock);
    }

    @Produces
    @Singleton
    Work reactionMirror(ReactionStore store, Conversations conversations, OutsideChanges outside) {
        return new ReactionMirror(store, conversations, outside, backoff);
    }
}
