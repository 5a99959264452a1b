package com.eventuall.chat;

import com.eventuall.chat.ReactionStore.State;
import com.eventuall.chat.ReactionStore.Toggle;
import com.eventuall.chat.ReactionStore.Toggled;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.chat.reactions.Emoji;
import com.eventuall.chat.reactions.MessageAttributes;
import com.eventuall.chat.reactions.Reaction;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Toggles and reads reactions. The vendor is asked only about messages whose reactions are not loaded yet; when it does not
 * answer, a toggle is kept and applied later.
 */
public final class Reactions {
    private final ReactionStore store;
    private final Conversations conversations;
    /** Messages whose attributes are being read, so that a rush to a fresh message makes one call. */
    private final SingleFlight<MessageRef, Void> loading = new SingleFlight<>();

    public Reactions(ReactionStore store, Conversations conversations) {
        this.store = store;
        this.conversations = conversations;
    }

    /**
     * Adds a person's reaction, or takes it back.
     *
     * @return {@link Toggle#NOT_LOADED} only if the store lost everything just now; fails with {@link Kind#NOT_FOUND} if there is no such message
     */
    public Uni<Toggled> toggle(MessageRef message, Emoji emoji, String userId) {
        return store.toggle(message, emoji, userId).chain(first -> {
            if (first.what() != Toggle.NOT_LOADED) {
                return Uni.createFrom().item(first);
            }
            return load(message)
                    .chain(() -> store.toggle(message, emoji, userId))
                    .onFailure(VendorException::isTransient)
                    .recoverWithUni(() -> store.park(message, emoji, userId));
        });
    }

    /** A message's reactions. Fails with a {@link VendorException} if they have to be loaded and cannot be. */
    public Uni<List<Reaction>> read(MessageRef message) {
        return store.read(message)
                .chain(known -> known.isPresent()
                        ? Uni.createFrom().item(known.get().reactions())
                        : load(message)
                                .chain(() -> store.read(message))
                                .map(loaded -> loaded.map(State::reactions).orElse(List.of())));
    }

    private Uni<Void> load(MessageRef message) {
        return loading.run(
                message,
                key -> conversations
                        .attributes(key)
                        .chain(json ->
                                store.load(key, MessageAttributes.parse(json).reactions())));
    }
}
