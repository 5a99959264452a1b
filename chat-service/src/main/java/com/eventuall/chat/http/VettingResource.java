package com.eventuall.chat.http;

import com.eventuall.chat.VettingStore.OpenVetting;
import com.eventuall.chat.Vettings;
import com.eventuall.chat.Vettings.Opening;
import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Ids;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.CurrentPass;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;

/** The vetting conversations of a room. */
@Path("/v1/events/{eventId}/rooms/{roomId}/vetting")
@Produces(MediaType.APPLICATION_JSON)
public class VettingResource {
    private static final int MAX_LIMIT = 2000;

    private final CurrentPass pass;
    private final Vettings vettings;

    VettingResource(CurrentPass pass, Vettings vettings) {
        this.pass = pass;
        this.vettings = vettings;
    }

    /** A conversation that the caller is in. */
    public record Joined(String conversationSid) {}

    /**
     * The open vettings, by user id (moderators): {@code [{"userId","conversationSid","requestId","requestedAt"}]}. For the next
     * page ask with the last user id as {@code after}; a page that is shorter than {@code limit} is the last.
     */
    @GET
    public Uni<List<OpenVetting>> list(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("2000") int limit) {
        Callers.requireModerator(pass.get());
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "limit must be 1 to " + MAX_LIMIT);
        }
        return vettings.open(new RoomKey(eventId, roomId), after.isEmpty() ? after : Ids.userId(after), limit);
    }

    /** The conversation in which the caller is being vetted. 404 if there is none. */
    @GET
    @Path("me")
    public Uni<Joined> mine(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        return vettings.conversationOf(new RoomKey(eventId, roomId), pass.get().userId())
                .map(sid -> sid.map(Joined::new).orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND)));
    }

    /**
     * Lets the calling moderator into a person's vetting. 404 if the person is not being vetted, 503 with Retry-After while the
     * conversation is being made.
     */
    @POST
    @Path("{userId}/open")
    public Uni<Joined> open(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("userId") String userId) {
        Pass caller = pass.get();
        Callers.requireModerator(caller);
        return vettings.open(new RoomKey(eventId, roomId), Ids.userId(userId), caller.userId())
                .map(VettingResource::joined);
    }

    private static Joined joined(Opening opening) {
        if (opening instanceof Opening.In in) {
            return new Joined(in.conversationSid());
        }
        throw opening instanceof Opening.None
                ? new ProblemException(ErrorCode.NOT_FOUND, "This person is not being vetted")
                : new ProblemException(
                        ErrorCode.VENDOR_UNAVAILABLE, "The conversation is being made", Duration.ofSeconds(1));
    }
}
