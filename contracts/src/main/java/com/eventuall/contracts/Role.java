package com.eventuall.contracts;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a pass lets its holder do. The wire form is the lower-case name, in the claim {@code groups}. */
public enum Role {
    /** May join rooms, ask for the stage and chat. */
    PARTICIPANT,
    /** May also edit the queue, pin, record and vet. */
    MODERATOR,
    /** A machine of the platform; may do all that a moderator may. */
    SERVICE;

    /** The form on the wire: {@code participant}, {@code moderator}, {@code service}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may do what only moderators may. */
    public boolean moderates() {
        return this != PARTICIPANT;
    }

    /** The strongest role among {@code groups}; empty if none of them is one of ours. */
    public static Optional<Role> strongest(Collection<String> groups) {
        Role found = null;
        for (Role role : values()) {
            if (groups.contains(role.wireName())) {
                found = role;
            }
        }
        return Optional.ofNullable(found);
    }
}
