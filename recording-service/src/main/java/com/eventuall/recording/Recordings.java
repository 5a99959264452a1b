package com.eventuall.recording;

import com.eventuall.contracts.RoomKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What people ask for. Each answer is stored before it is given; the workflow acts on it afterwards. */
public interface Recordings {

    /** Starts recording a room. Answers the recording that is live there already, if there is one. */
    CompletionStage<Recording> start(RecordingSpec spec);

    /** Asks to stop; one that has stopped or ended is answered unchanged. Empty when the room has no such recording. */
    CompletionStage<Optional<Recording>> stop(RoomKey room, UUID id);

    /** One recording of a room. */
    CompletionStage<Optional<Recording>> find(RoomKey room, UUID id);

    /** The newest recordings of a room, newest first, at most 100. */
    CompletionStage<List<Recording>> list(RoomKey room);

    /** Has a failed clip made once more; any other clip is left as it is. Empty when there is no such clip. */
    CompletionStage<Optional<Clip>> retryClip(RoomKey room, UUID id, UUID clipId);
}
