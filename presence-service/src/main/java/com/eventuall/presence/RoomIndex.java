package com.eventuall.presence;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Which rooms an event has. */
public interface RoomIndex {
    /** The rooms of an event that exist now, by room id, with how many people are in each; at most {@code limit}. */
    CompletionStage<Map<String, Counts>> roomsOf(String eventId, int limit);
}
