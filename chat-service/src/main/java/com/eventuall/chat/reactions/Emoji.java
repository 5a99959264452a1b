package com.eventuall.chat.reactions;

import java.util.Optional;
import java.util.Set;

/**
 * What somebody reacts with: exactly one emoji, or one of the six names under which clients of Twilio's React demo store
 * their reactions. A name and its picture are two different reactions; a client uses one form.
 *
 * @param key how it is stored and sent
 */
public record Emoji(String key) {
    /** Longest sequence in UTF-16 units that is looked at; the longest in use have 15. */
    public static final int MAX_LENGTH = 32;

    private static final Set<String> NAMES = Set.of("heart", "thumbs_up", "laugh", "sad", "pouting", "thumbs_down");

    /** Checks and normalises what a client sent; empty if it is not one emoji. */
    public static Optional<Emoji> parse(String text) {
        if (NAMES.contains(text)) {
            return Optional.of(new Emoji(text));
        }
        if (text.isEmpty() || text.length() > MAX_LENGTH || !EmojiGrammar.isOneEmoji(text)) {
            return Optional.empty();
        }
        return Optional.of(new Emoji(EmojiGrammar.canonical(text)));
    }
}
