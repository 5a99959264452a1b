package com.eventuall.presence;

/**
 * A track that a moderator put into the foreground.
 *
 * @param userId whose track it is
 * @param by the moderator
 * @param at epoch milliseconds on the store's clock
 */
public record Pin(String userId, String by, long at) {}
