package com.eventuall.presence.http;

import com.eventuall.contracts.Ids;
import com.eventuall.presence.Counts;
import com.eventuall.presence.RoomIndex;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** The rooms of an event. */
@Path("/v1/events/{eventId}/rooms")
@Produces(MediaType.APPLICATION_JSON)
public class EventResource {
    private static final int MAX_ROOMS = 1000;

    private final RoomIndex index;

    EventResource(RoomIndex index) {
        this.index = index;
    }

    /**
     * Rooms of an event.
     *
     * @param rooms in the order of their ids, at most {@value #MAX_ROOMS}
     */
    public record RoomList(List<Room> rooms) {}

    /**
     * One room.
     *
     * @param roomId its id
     * @param counts how many people are in it
     */
    public record Room(String roomId, Counts counts) {}

    /** The rooms that exist now, with counts. */
    @GET
    public Uni<RoomList> rooms(@PathParam("eventId") String eventId) {
        String event = Ids.eventId(eventId);
        return Uni.createFrom()
                .completionStage(() -> index.roomsOf(event, MAX_ROOMS))
                .map(EventResource::list);
    }

    private static RoomList list(Map<String, Counts> counts) {
        return new RoomList(counts.entrySet().stream()
                .map(entry -> new Room(entry.getKey(), entry.getValue()))
                .toList());
    }
}
