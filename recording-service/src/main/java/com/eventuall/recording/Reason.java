package com.eventuall.recording;

import java.util.Locale;

/** Why a recording stopped, failed or is interrupted. {@link #code()} is what clients and events see. */
public enum Reason {
    /** LiveKit could neither show nor create the room. */
    ROOM_UNAVAILABLE(true),
    /** Mux refused the live stream. */
    STREAM_REFUSED(true),
    /** The live stream was disabled or deleted behind our back. */
    STREAM_LOST(false),
    /** No egress became active. */
    EGRESS_START_FAILED(true),
    /** The running egress ended and could not be replaced. */
    EGRESS_LOST(false),
    /** The running egress ended or stopped sending: it comes back, or another one is started on the same key. */
    EGRESS_RESTARTING(false),
    /** Somebody ended the egress without asking this service. */
    STOPPED_OUTSIDE(false),
    /** The room closed, so its egress ended by itself. */
    ROOM_CLOSED(false),
    /** The longest allowed duration was reached. */
    MAX_DURATION(false),
    /** Mux could not make at least one of the assets. */
    ASSET_ERRORED(true),
    /** There was a recording, yet Mux lists no asset of it. */
    ASSET_MISSING(true),
    /** An asset did not become final in time. */
    ASSET_TIMEOUT(true);

    private final boolean fatal;

    Reason(boolean fatal) {
        this.fatal = fatal;
    }

    /** Whether the recording ends as {@link RecordingState#FAILED}; else what was recorded until then is READY. */
    public boolean fatal() {
        return fatal;
    }

    /** Stable lower-case code, such as {@code egress-lost}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
