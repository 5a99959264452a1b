package com.eventuall.chat.vetting;

import java.util.Locale;

/** How a vetting ended. */
public enum Outcome {
    /** The person came on stage. */
    APPROVED,
    /** The person took the request back. */
    WITHDRAWN,
    /** A moderator removed the request. */
    REMOVED,
    /** The request lapsed, or the conversation was closed by the vendor's timer. */
    EXPIRED;

    /** The form on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the outcome of a {@code stage-withdrawn} event; what is unknown (a newer producer) is a withdrawal. */
    public static Outcome ofWithdrawal(String wireName) {
        for (Outcome outcome : values()) {
            if (outcome.wireName().equals(wireName)) {
                return outcome;
            }
        }
        return WITHDRAWN;
    }
}
