package com.eventuall.chat.reactions;

import java.util.List;

/**
 * Who reacted to a message with one emoji.
 *
 * @param emoji see {@link Emoji}
 * @param userIds in the order in which they reacted; possibly only the first of them
 * @param count how many reacted in all, at least the number of ids
 */
public record Reaction(String emoji, List<String> userIds, long count) {
    public Reaction {
        userIds = List.copyOf(userIds);
        if (count < userIds.size()) {
            throw new IllegalArgumentException("count is less than the ids");
        }
    }

    /** Whether ids are missing. */
    public boolean isCut() {
        return userIds.size() < count;
    }
}
