package com.eventuall.recording;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.clip.Stay;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * News from outside. A hint only makes the workflow look sooner; it never says what it will see. Each is taken in once, by
 * source and id.
 */
public interface Hints {

    /**
     * Where news comes from.
     *
     * @param source who made it
     * @param id its id there
     */
    record Origin(String source, String id) {}

    /** Keeps a stay, new or ended; clips made from what was known before are planned anew. */
    CompletionStage<Void> stay(Origin origin, RoomKey room, Stay stay);

    /** Something happened in a room at LiveKit. */
    CompletionStage<Void> room(Origin origin, RoomKey room);

    /** Something happened to what was made for a recording. */
    CompletionStage<Void> recording(Origin origin, UUID recordingId);

    /** Forgets which origins were taken in more than a week ago, longer than anybody repeats anything. */
    CompletionStage<Void> forgetOld();
}
