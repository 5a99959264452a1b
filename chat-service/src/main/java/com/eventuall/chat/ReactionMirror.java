package com.eventuall.chat;

import com.eventuall.chat.ReactionStore.State;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.chat.reactions.MessageAttributes;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Writes reactions to the attributes of their messages, where chat clients read them. One writer per message at a time, on
 * whichever replica; a message that changed in the meantime stays due. A replica that dies leaves the message due and its lease
 * to run out, so nothing is lost and another one goes on. One that is held up for longer than its lease may write old content
 * over newer; it then finds the version outdated and makes the message due again.
 */
public final class ReactionMirror implements Work {
    private final ReactionStore store;
    private final Conversations conversations;
    private final OutsideChanges outside;
    private final Backoff backoff;

    /** @param outside is told of messages that turn out to be deleted */
    public ReactionMirror(ReactionStore store, Conversations conversations, OutsideChanges outside, Backoff backoff) {
        this.store = store;
        this.conversations = conversations;
        this.outside = outside;
        this.backoff = backoff;
    }

    @Override
    public String name() {
        return "reactions";
    }

    @Override
    public Uni<Boolean> round() {
        return store.due(Rounds.LIMIT).chain(due -> Rounds.run(due, this::mirrorAlone, this::failed));
    }

    private Uni<Void> mirrorAlone(MessageRef message) {
        return store.lease(message)
                .chain(ours -> ours ? mirror(message) : Uni.createFrom().voidItem());
    }

    private Uni<Void> mirror(MessageRef message) {
        return conversations
                .attributes(message)
                .map(MessageAttributes::parse)
                .chain(attributes -> store.read(message)
                        .chain(known -> known.isPresent() ? Uni.createFrom().item(known) : loaded(message, attributes))
                        .chain(known ->
                                known.isPresent() ? write(message, attributes, known.get()) : store.forget(message)));
    }

    private Uni<Optional<State>> loaded(MessageRef message, MessageAttributes attributes) {
        return store.load(message, attributes.reactions()).chain(() -> store.read(message));
    }

    private Uni<Void> write(MessageRef message, MessageAttributes attributes, State state) {
        // Without room in the attributes there is nothing to write; readers of our API see the reactions all the same.
        Optional<String> rendered = attributes.with(state.reactions());
        Uni<Void> written = rendered.isEmpty() || attributes.saysTheSameAs(rendered.get())
                ? Uni.createFrom().voidItem()
                : conversations
                        .setAttributes(message, rendered.get())
                        // A closed conversation, for one, takes no changes, however often it is asked.
                        .onFailure(failure -> VendorException.is(failure, Kind.REFUSED))
                        .recoverWithNull();
        return written.chain(() -> store.mirrored(message, state.version()));
    }

    private Uni<Void> failed(MessageRef message, Throwable failure) {
        boolean unknown = VendorException.is(failure, Kind.UNAVAILABLE);
        Uni<Void> put = VendorException.is(failure, Kind.NOT_FOUND)
                ? gone(message)
                : store.postpone(message, backoff.after(failure, 1), unknown);
        // The lease runs out by itself.
        return put.onFailure().recoverWithNull();
    }

    /** Toggles may have been parked for a message that never was; one whose attributes were read has been deleted. */
    private Uni<Void> gone(MessageRef message) {
        return store.read(message)
                .chain(known -> known.isPresent() ? outside.messageRemoved(message) : store.forget(message));
    }
}
