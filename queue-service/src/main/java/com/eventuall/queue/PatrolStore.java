package com.eventuall.queue;

import com.eventuall.contracts.RoomKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where it is kept who is gone from a room, and which rooms nobody has announced. Any step may be repeated. */
public interface PatrolStore {

    /** @param since epoch milliseconds of their going */
    record Absent(RoomKey room, String userId, long since) {}

    /**
     * @param absent who is to be looked at now
     * @param unannounced rooms that were changed a while ago and not announced since
     */
    record Duty(List<Absent> absent, List<RoomKey> unannounced) {
        public Duty {
            absent = List.copyOf(absent);
            unannounced = List.copyOf(unannounced);
        }
    }

    /** Somebody has gone; of no effect if later news of them are known. */
    CompletionStage<Void> gone(RoomKey room, String userId, long at, long lookAt);

    /** Somebody has come (back); of no effect if later news of them are known. */
    CompletionStage<Void> back(RoomKey room, String userId, long at);

    /** What is due. Nothing for all processes but one, which may be another one each time. */
    CompletionStage<Duty> due(long now, long unannouncedBefore);

    CompletionStage<Void> lookAgain(Absent absent, long at);

    CompletionStage<Void> forget(Absent absent);
}
