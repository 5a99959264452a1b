package com.eventuall.chat.vetting;

import java.util.List;

/**
 * What a fact does to a person's vettings: rows to store and events to publish, together or not at all.
 *
 * @param vettings the new and changed ones
 * @param announcements in their order
 */
public record VettingChange(List<Vetting> vettings, List<Announcement> announcements) {
    /** The fact is known, late or about nothing. */
    public static final VettingChange NONE = new VettingChange(List.of(), List.of());

    /** What is published about a vetting. */
    public enum Kind {
        OPENED,
        CLOSED
    }

    /** One event; the vetting as it is then. */
    public record Announcement(Kind kind, Vetting vetting) {}

    public VettingChange {
        vettings = List.copyOf(vettings);
        announcements = List.copyOf(announcements);
    }

    static VettingChange of(Vetting... changed) {
        return new VettingChange(List.of(changed), List.of());
    }

    VettingChange telling(Kind kind, Vetting vetting) {
        return new VettingChange(vettings, List.of(new Announcement(kind, vetting)));
    }

    public boolean isNothing() {
        return vettings.isEmpty();
    }
}
