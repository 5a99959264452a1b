package com.eventuall.chat;

import com.eventuall.contracts.RoomKey;
import java.util.regex.Pattern;

/**
 * The unique names of conversations. They make creation safe: whoever creates second is told so and takes the first one's. Only
 * {@code [A-Za-z0-9:_.-]}, since the vendor's SDK puts names into paths unescaped.
 */
public final class ConversationNames {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9:_.-]{1,128}");

    private final String environment;

    /** @param environment of this installation, so that several can share one vendor account */
    public ConversationNames(String environment) {
        this.environment = environment;
    }

    /** {@code {environment}:{eventId}:{roomId}}. */
    public String ofRoom(RoomKey room) {
        return environment + ":" + room.key();
    }

    /** {@code {environment}:{eventId}:{roomId}:vetting:{requestId}}. */
    public String ofVetting(RoomKey room, String requestId) {
        return ofRoom(room) + ":vetting:" + requestId;
    }

    /** Whether a request id can be part of a name. */
    public static boolean isUsable(String requestId) {
        return REQUEST_ID.matcher(requestId).matches();
    }
}
