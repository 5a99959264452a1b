package com.eventuall.queue;

import org.jspecify.annotations.Nullable;

/** Which of the two lists somebody is on. */
public enum Place {
    /** Waits to be called. */
    PENDING("pending"),
    /** On stage. */
    LIVE("live");

    private final String wireName;

    Place(String wireName) {
        this.wireName = wireName;
    }

    /** The value of the field {@code list}. */
    public String wireName() {
        return wireName;
    }

    /** The field that holds the rank in this list. */
    public String rankField() {
        return "rank." + wireName;
    }

    /** The list a field's value names; null if it names none. */
    public static @Nullable Place of(@Nullable Object value) {
        for (Place place : values()) {
            if (place.wireName.equals(value)) {
                return place;
            }
        }
        return null;
    }
}
