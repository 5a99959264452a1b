package com.eventuall.sandbox.livekit;

import io.vertx.core.json.JsonObject;

/**
 * What a verified token says.
 *
 * @param identity {@code sub}
 * @param claims all of them
 * @param video the video grant; empty if there is none
 */
record Grants(String identity, JsonObject claims, JsonObject video) {

    boolean has(String grant) {
        return video.getBoolean(grant, false);
    }

    /** {@code roomAdmin} for exactly this room. */
    boolean administers(String room) {
        return has("roomAdmin") && room.equals(video.getString("room"));
    }

    /** Grants that are given unless the token says otherwise. */
    boolean hasUnlessDenied(String grant) {
        return video.getBoolean(grant, true);
    }
}
