package com.eventuall.presence.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Ids;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.CurrentPass;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.presence.Batch;
import com.eventuall.presence.Node;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.RoomStore;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pins, for moderators. Both calls may be repeated. */
@Path("/v1/events/{eventId}/rooms/{roomId}/pins/{trackSid}")
public class PinsResource {
    private static final Pattern TRACK_SID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final RoomStore store;
    private final Node node;
    private final CurrentPass pass;

    PinsResource(RoomStore store, Node node, CurrentPass pass) {
        this.store = store;
        this.node = node;
        this.pass = pass;
    }

    /**
     * What to pin.
     *
     * @param userId whose track it is
     */
    public record PinRequest(@Nullable String userId) {}

    /** Pins a track, which need not be known to the video server yet. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Void> pin(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("trackSid") String trackSid,
            @Nullable PinRequest request) {
        Pass moderator = requireModerator();
        if (request == null) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "A body with the userId is needed");
        }
        String userId = Ids.userId(request.userId());
        return apply(eventId, roomId, new RoomOp.SetPin(trackSid(trackSid), userId, moderator.userId()));
    }

    /** Takes a pin away. */
    @DELETE
    public Uni<Void> unpin(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("trackSid") String trackSid) {
        requireModerator();
        return apply(eventId, roomId, new RoomOp.RemovePin(trackSid(trackSid)));
    }

    private Pass requireModerator() {
        Pass caller = pass.get();
        if (!caller.role().moderates()) {
            throw new ProblemException(ErrorCode.NOT_A_MODERATOR);
        }
        return caller;
    }

    private Uni<Void> apply(String eventId, String roomId, RoomOp op) {
        RoomKey room = new RoomKey(eventId, roomId);
        Batch batch = Batch.anonymous(node.freshEpoch(), List.of(op));
        return Uni.createFrom().completionStage(() -> store.apply(room, batch)).replaceWithVoid();
    }

    private static String trackSid(String value) {
        if (!TRACK_SID.matcher(value).matches()) {
            throw new ProblemException(ErrorCode.INVALID_ID, "trackSid must be 1 to 128 characters of A-Z a-z 0-9 _ -");
        }
        return value;
    }
}
