package com.eventuall.contracts;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the ids that callers choose. They are narrow on purpose: a room's key is used as LiveKit room name, Kafka
 * key, Redis key and Twilio unique name, and each of those gives some other character a meaning of its own ({@code |}
 * breaks LiveKit's clean-up, {@code /} Twilio's paths, <code>{}</code> Redis hash tags).
 */
public final class Ids {
    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.@-]{1,128}");

    private Ids() {}

    /** Returns {@code value} if it is a valid event id ({@code [A-Za-z0-9_-]{1,64}}), else throws. */
    public static String eventId(@Nullable String value) {
        return check(value, SCOPE, "eventId must be 1 to 64 characters of A-Z a-z 0-9 _ -");
    }

    /** Returns {@code value} if it is a valid room id ({@code [A-Za-z0-9_-]{1,64}}), else throws. */
    public static String roomId(@Nullable String value) {
        return check(value, SCOPE, "roomId must be 1 to 64 characters of A-Z a-z 0-9 _ -");
    }

    /** Returns {@code value} if it is a valid user id ({@code [A-Za-z0-9_.@-]{1,128}}), else throws. */
    public static String userId(@Nullable String value) {
        return check(value, USER, "userId must be 1 to 128 characters of A-Z a-z 0-9 _ . @ -");
    }

    private static String check(@Nullable String value, Pattern rule, String message) {
        if (value == null || !rule.matcher(value).matches()) {
            throw new InvalidIdException(message);
        }
        return value;
    }
}
