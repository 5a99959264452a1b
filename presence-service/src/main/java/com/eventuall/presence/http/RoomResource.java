package com.eventuall.presence.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Ids;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.presence.Head;
import com.eventuall.presence.Participant;
import com.eventuall.presence.RoomReader;
import com.eventuall.presence.RoomState;
import com.eventuall.presence.Update;
import com.eventuall.presence.wire.WireEncoder;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Reads of one room. Answers are at least as new as anything the store had acknowledged before the request. */
@Path("/v1/events/{eventId}/rooms/{roomId}")
@Produces(MediaType.APPLICATION_JSON)
public class RoomResource {
    private static final int MAX_PAGE = 1000;

    private final RoomReader rooms;

    RoomResource(RoomReader rooms) {
        this.rooms = rooms;
    }

    /** The snapshot, as a socket gets it. Its ETag is {@code epoch:version}. */
    @GET
    @Path("/snapshot")
    public Uni<Response> snapshot(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        RoomKey room = new RoomKey(eventId, roomId);
        return Uni.createFrom().completionStage(() -> rooms.read(room, (head, state) -> snapshot(head, state, known)));
    }

    private static Response snapshot(Head head, RoomState state, @Nullable String known) {
        EntityTag tag = new EntityTag(head.epoch() + ":" + head.version());
        if (known != null && known.contains("\"" + tag.getValue() + "\"")) {
            return Response.notModified(tag).build();
        }
        byte[] body = WireEncoder.message(new Update.Snapshot(head.epoch(), head.version(), state, false));
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    /**
     * People in the order of their ids.
     *
     * @param after the last id of the page before; none for the first page
     * @param limit how many, 1 to {@value #MAX_PAGE}
     */
    @GET
    @Path("/participants")
    public Uni<byte[]> participants(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "limit must be 1 to " + MAX_PAGE);
        }
        String from = after == null ? null : Ids.userId(after);
        RoomKey room = new RoomKey(eventId, roomId);
        return Uni.createFrom().completionStage(() -> rooms.read(room, (head, state) -> page(state, from, limit)));
    }

    private static byte[] page(RoomState state, @Nullable String after, int limit) {
        NavigableMap<String, Participant> rest =
                after == null ? state.people() : state.people().tailMap(after, false);
        List<Map.Entry<String, Participant>> page = new ArrayList<>();
        for (Map.Entry<String, Participant> entry : rest.entrySet()) {
            if (page.size() == limit) {
                return WireEncoder.page(page, page.get(limit - 1).getKey(), state.counts());
            }
            page.add(entry);
        }
        return WireEncoder.page(page, null, state.counts());
    }
}
