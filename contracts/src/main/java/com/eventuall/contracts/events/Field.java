package com.eventuall.contracts.events;

import com.eventuall.contracts.Ids;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every event holds to, whoever wrote it. Consumers keep these values in databases and try again until they are kept, so
 * a value that no database takes would hold up its partition for ever: such an event does not come into being. Messages
 * never repeat the value.
 */
final class Field {
    private static final int MAX_TEXT = 512;
    /** The end of the year 9999, in milliseconds: far beyond any use, within what databases take. */
    private static final long MAX_TIME = 253_402_300_799_999L;

    private Field() {}

    /** Returns the id of a person. */
    static String userId(@Nullable String value) {
        return Ids.userId(value);
    }

    /** Returns a list of ids of people, unmodifiable. */
    static List<String> userIds(@Nullable List<String> values, String name) {
        if (values == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        values.forEach(Ids::userId);
        return List.copyOf(values);
    }

    /** Returns a text of 1 to {@value #MAX_TEXT} characters, none of them a control character. */
    static String text(@Nullable String value, String name) {
        if (value == null || value.isEmpty() || value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(name + " must be 1 to " + MAX_TEXT + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " must have no control characters");
        }
        return value;
    }

    /** Returns a time in epoch milliseconds, of the years 1970 to 9999. */
    static long time(long value, String name) {
        if (value < 0 || value > MAX_TIME) {
            throw new IllegalArgumentException(name + " must be epoch milliseconds");
        }
        return value;
    }
}
