package com.eventuall.chat;

import com.eventuall.chat.reactions.Emoji;
import com.eventuall.chat.reactions.Reaction;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where reactions are true. A message's reactions must be loaded from its attributes before they can be read; until then toggles
 * can be parked. Each method is one atomic step; all fail with {@code unavailable} when the store does not answer.
 */
public interface ReactionStore {
    /** What a toggle did. */
    enum Toggle {
        ADDED,
        REMOVED,
        /** Nothing: the message has as many different emojis as allowed. */
        TOO_MANY,
        /** Nothing: the message's reactions are not loaded. */
        NOT_LOADED,
        /** To be applied when the message's reactions are loaded. */
        PARKED
    }

    /**
     * The outcome of a toggle.
     *
     * @param count how many have reacted with this emoji now; 0 if that is not known
     */
    record Toggled(Toggle what, long count) {}

    /**
     * A message's reactions.
     *
     * @param version grows with every change
     */
    record State(long version, List<Reaction> reactions) {}

    /** Adds or takes back one person's reaction, and marks the message as unmirrored. */
    Uni<Toggled> toggle(MessageRef message, Emoji emoji, String userId);

    /** Keeps a toggle for when the message's reactions are loaded, and marks the message as unmirrored. */
    Uni<Toggled> park(MessageRef message, Emoji emoji, String userId);

    /** Loads what the attributes say, if nobody has done so yet, and applies parked toggles to it. */
    Uni<Void> load(MessageRef message, List<Reaction> reactions);

    /** The message's reactions; empty if they are not loaded. */
    Uni<Optional<State>> read(MessageRef message);

    /** Drops all that is known of a message. */
    Uni<Void> forget(MessageRef message);

    /** Messages that are due to be mirrored, on any replica. */
    Uni<List<MessageRef>> due(int limit);

    /** Makes the caller the only one to mirror that message, for a time longer than that takes. False if somebody else is. */
    Uni<Boolean> lease(MessageRef message);

    /**
     * The attributes say what was true at that version, and the caller's lease ends. If it is not the newest version, the message
     * is due again, also when a newer writer has mirrored it meanwhile: the caller may have written over that. A forgotten message
     * stays forgotten.
     */
    Uni<Void> mirrored(MessageRef message, long version);

    /**
     * Mirroring failed; the message is due again, unless it is forgotten, and the caller's lease ends.
     *
     * @param unknown whether a write may still arrive at the vendor, so that a later success must be checked once more
     */
    Uni<Void> postpone(MessageRef message, Duration delay, boolean unknown);
}
