package com.eventuall.recording;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.clip.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Where recordings live. All promises about time are by the store's own clock, never by the caller's. */
public interface RecordingStore {

    /**
     * A recording that is this owner's alone until the lease ends.
     *
     * @param recording as stored
     * @param fence grows with every claim; a write with an older one is dropped
     */
    record Claim(Recording recording, long fence) {}

    /**
     * Takes one recording that is due and that nobody holds, for {@code lease} from now. Empty when there is none. One that
     * {@link Recording#lacksKey() lacks its key} is passed over for as long as a lease. A claim whose owner dies before it
     * stores anything is due again when the lease ends.
     */
    CompletionStage<Optional<Claim>> claim(String owner, Duration lease);

    /**
     * Stores a step with its facts in one transaction and prolongs the lease.
     *
     * @return the inputs as they are now; empty when the fence is no longer ours and nothing was written
     */
    CompletionStage<Optional<Inputs>> save(Claim claim, Transition step, Duration lease);

    /** As {@link #save}, and gives the lease back. */
    CompletionStage<Optional<Inputs>> saveAndRelease(Claim claim, Transition step);

    /** Stays of a room that were, at least in part, between two moments. */
    CompletionStage<List<Stay>> stays(RoomKey room, Instant from, Instant to);

    /** Recordings by id; unknown ids are left out. */
    CompletionStage<List<Recording>> load(Collection<UUID> ids);

    /** Recordings of a room asked for after a moment. */
    CompletionStage<List<Recording>> ofRoom(RoomKey room, Instant requestedAfter);
}
