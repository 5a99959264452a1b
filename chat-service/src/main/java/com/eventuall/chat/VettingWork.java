package com.eventuall.chat;

import com.eventuall.chat.Conversations.Conversation;
import com.eventuall.chat.Conversations.Wanted;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.chat.VettingStore.Person;
import com.eventuall.chat.VettingStore.VettingTask;
import com.eventuall.chat.vetting.Vetting;
import com.eventuall.contracts.Role;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Does at the vendor what vettings need: makes conversations and closes them. Every step may be done twice (by a replica that
 * took over from a slow one): creation goes by unique name, closing is final, and a step that is done already announces
 * nothing.
 */
public final class VettingWork implements Work {
    private final VettingStore store;
    private final Conversations conversations;
    private final ConversationNames names;
    private final Duration longest;
    private final Backoff backoff;
    private final Clock clock;

    /** @param longest after how long without a message the vendor itself closes a conversation, should we fail to */
    public VettingWork(
            VettingStore store,
            Conversations conversations,
            ConversationNames names,
            Duration longest,
            Backoff backoff,
            Clock clock) {
        this.store = store;
        this.conversations = conversations;
        this.names = names;
        this.longest = longest;
        this.backoff = backoff;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "vettings";
    }

    @Override
    public Uni<Boolean> round() {
        return store.claim(Rounds.LIMIT)
                .chain(tasks -> Rounds.run(
                        tasks,
                        this::handle,
                        (task, failure) -> store.postpone(task, backoff.after(failure, task.attempts()))));
    }

    private Uni<Void> handle(VettingTask task) {
        return switch (task.vetting().next()) {
            case NONE -> Uni.createFrom().voidItem();
            case OPEN -> open(task.person(), task.vetting());
            case CLOSE -> close(task.person(), task.vetting());
        };
    }

    private Uni<Void> open(Person person, Vetting vetting) {
        String requestId = vetting.requestId();
        return conversations
                .ensure(wanted(person, requestId))
                .chain(conversation -> letIn(person, vetting, conversation)
                        .chain(() -> store.apply(
                                person, rules -> rules.opened(requestId, conversation.sid(), clock.millis())))
                        .chain(() -> conversation.closed()
                                ? store.apply(
                                        person, rules -> rules.conversationClosed(conversation.sid(), clock.millis()))
                                : Uni.createFrom().voidItem()));
    }

    /** An ended request's conversation is only made to be told of and closed: nobody has to be in it. */
    private Uni<Void> letIn(Person person, Vetting vetting, Conversation conversation) {
        if (!vetting.phase().isLive() || conversation.closed()) {
            return Uni.createFrom().voidItem();
        }
        return conversations
                .join(conversation.sid(), person.userId(), Role.PARTICIPANT)
                .onFailure(failure -> VendorException.is(failure, Kind.PERSON_FULL))
                .recoverWithNull();
    }

    private Uni<Void> close(Person person, Vetting vetting) {
        String sid = vetting.conversationSid();
        Uni<Void> atVendor = sid == null ? Uni.createFrom().voidItem() : conversations.close(sid);
        return atVendor.chain(() -> store.apply(person, rules -> rules.closed(vetting.requestId(), clock.millis())));
    }

    private Wanted wanted(Person person, String requestId) {
        String attributes = "{\"eventId\":\"" + person.room().eventId() + "\",\"roomId\":\""
                + person.room().roomId() + "\",\"vetting\":\"" + person.userId() + "\"}";
        return new Wanted(
                names.ofVetting(person.room(), requestId),
                "Vetting of " + person.userId(),
                attributes,
                Optional.of(longest));
    }
}
