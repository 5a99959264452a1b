package com.eventuall.chat.vetting;

/** Where a vetting is. What must be done at the vendor follows from it, see {@link Vetting#next()}. */
public enum Phase {
    /** Wanted; its conversation is still to be made. */
    REQUESTED,
    /** People can talk. */
    OPEN,
    /** Over; its conversation is still to be made (so that it can be told of) or to be closed. */
    CLOSING,
    /** Over, and closed at the vendor. */
    CLOSED;

    /** Whether the person is being vetted now. At most one vetting of a person and room is. */
    public boolean isLive() {
        return this == REQUESTED || this == OPEN;
    }
}
