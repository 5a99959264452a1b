package com.eventuall.token.http;

import org.jspecify.annotations.Nullable;

/**
 * Everything that a browser needs to be in a room.
 *
 * @param role the caller's role in this event
 */
public record JoinAnswer(
        LivekitAccess livekit, ChatAccess chat, Address presence, Address queue, String role, User user) {

    /**
     * Access to the video room.
     *
     * @param url LiveKit's address for browsers
     * @param room the LiveKit room
     * @param expiresAt epoch milliseconds
     */
    public record LivekitAccess(String url, String token, String room, long expiresAt) {}

    /**
     * Access to the chat.
     *
     * @param conversationSid the room's conversation; null until somebody has opened the chat
     * @param expiresAt epoch milliseconds
     */
    public record ChatAccess(String token, @Nullable String conversationSid, long expiresAt) {}

    /** A WebSocket's address. */
    public record Address(String url) {}

    /** The caller. */
    public record User(String userId, String name) {}
}
