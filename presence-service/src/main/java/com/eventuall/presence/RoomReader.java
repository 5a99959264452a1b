package com.eventuall.presence;

import com.eventuall.contracts.RoomKey;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Reads rooms from this node's replicas, which are first brought up to what the store has at the time of the call. */
public interface RoomReader {
    /**
     * Applies {@code reading} to a room's place and state on the room's thread; it must not keep the state. The stage fails
     * with {@link StoreUnavailableException} if the store does not answer. A room that does not exist is empty, at version 0.
     */
    <T> CompletionStage<T> read(RoomKey room, BiFunction<Head, RoomState, T> reading);
}
