package com.eventuall.recording;

/** Where a recording is on its way. The order is the usual one; {@link RecordingMachine} holds the transitions. */
public enum RecordingState {
    /** Asked for; the LiveKit room is being ensured. */
    REQUESTED,
    /** The recording's own Mux live stream is being made. */
    CREATING_STREAM,
    /** A LiveKit egress is being started towards that stream. */
    STARTING_EGRESS,
    /** Egress and stream were both seen active. */
    RECORDING,
    /** Egresses are being stopped, then the stream is completed and disabled. */
    STOPPING,
    /** Waiting until every asset of the stream is final. */
    ASSET_PENDING,
    /** Clips are being made. */
    CLIPPING,
    /** Everything that could be made has been made; single clips may have failed. */
    READY,
    /** Ended with a failure; what exists is kept and listed. */
    FAILED,
    /** Stopped before there was any content. */
    CANCELLED;

    /** Whether no further state follows. Clips may still be retried in {@link #READY} and {@link #FAILED}. */
    public boolean terminal() {
        return switch (this) {
            case READY, FAILED, CANCELLED -> true;
            case REQUESTED, CREATING_STREAM, STARTING_EGRESS, RECORDING, STOPPING, ASSET_PENDING, CLIPPING -> false;
        };
    }

    /** Whether the room is, or is about to be, recorded: a second start then answers this recording. */
    public boolean live() {
        return switch (this) {
            case REQUESTED, CREATING_STREAM, STARTING_EGRESS, RECORDING -> true;
            case STOPPING, ASSET_PENDING, CLIPPING, READY, FAILED, CANCELLED -> false;
        };
    }
}
