package com.eventuall.presence;

import com.eventuall.contracts.RoomKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The one authority over rooms, shared by all nodes. A stage completes on the thread from which the call came, within the
 * adapter's time limit, with {@link StoreUnavailableException} if the store does not answer; the outcome is then unknown.
 */
public interface RoomStore {
    /** Applies a batch atomically, and tells all nodes about the step it made. Begins the room if there is none. */
    CompletionStage<ApplyReply> apply(RoomKey room, Batch batch);

    /** Reads state and place in one step; a room that does not exist is begun in {@code freshEpoch}. */
    CompletionStage<StoredRoom> open(RoomKey room, String freshEpoch);

    /** The steps after {@code version}, oldest first; the first one's version shows whether earlier ones are gone. */
    CompletionStage<List<Step>> since(RoomKey room, long version);

    /** How far {@code node} and the store have come; rooms that do not exist are at {@link Standing#NONE}. */
    CompletionStage<Map<RoomKey, Standing>> standings(Collection<RoomKey> rooms, String node);
}
