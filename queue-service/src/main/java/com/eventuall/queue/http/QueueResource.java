package com.eventuall.queue.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Ids;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.CurrentPass;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.limit.PersonLimiter;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.queue.Place;
import com.eventuall.queue.QueueOperations;
import com.eventuall.queue.Stay;
import com.eventuall.queue.Waiting;
import com.eventuall.queue.runtime.QueueConfig;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * The queue over REST. A 2xx answer to a change means that it is durable and announced, so a read that follows shows it,
 * on every replica. Every change may be repeated. Participants who ask too often are answered 429.
 */
@Path("/v1/events/{eventId}/rooms/{roomId}/queue")
@Produces(MediaType.APPLICATION_JSON)
public class QueueResource {

    private final QueueOperations queue;
    private final CurrentPass pass;
    private final PersonLimiter limiter;

    QueueResource(QueueOperations queue, CurrentPass pass, QueueConfig config) {
        this.queue = queue;
        this.pass = pass;
        this.limiter = new PersonLimiter(
                "requests", config.rateLimit().burst(), config.rateLimit().perSecond());
    }

    /** Both lists, in order. */
    public record Lists(long revision, List<Waiting> pending, List<Stay> live) {}

    /** @param index place in the list, 0 for the front; beyond the end is the end */
    public record Position(@NotNull @Min(0) @Nullable Integer index) {}

    @GET
    public Uni<Lists> lists(@RestPath String eventId, @RestPath String roomId) {
        return Uni.createFrom()
                .completionStage(() -> queue.published(new RoomKey(eventId, roomId)))
                .map(published -> new Lists(published.revision(), published.pending(), published.live()));
    }

    /** The caller asks to come on stage. Asking again changes nothing. */
    @POST
    @Path("/requests")
    public Uni<QueueOperations.Seat> request(@RestPath String eventId, @RestPath String roomId) {
        Pass caller = pass.get();
        limiter.admit(caller);
        return Uni.createFrom()
                .completionStage(() -> queue.request(new RoomKey(eventId, roomId), caller.userId(), caller.name()));
    }

    /** The caller takes the request back, or leaves the stage. */
    @DELETE
    @Path("/requests/me")
    @ResponseStatus(204)
    public Uni<Void> withdraw(@RestPath String eventId, @RestPath String roomId) {
        Pass caller = pass.get();
        limiter.admit(caller);
        return Uni.createFrom().completionStage(() -> queue.withdraw(new RoomKey(eventId, roomId), caller.userId()));
    }

    @POST
    @Path("/{userId}/approve")
    public Uni<QueueOperations.Seat> approve(
            @RestPath String eventId, @RestPath String roomId, @RestPath String userId) {
        return move(eventId, roomId, userId, Place.LIVE);
    }

    @POST
    @Path("/{userId}/demote")
    public Uni<QueueOperations.Seat> demote(
            @RestPath String eventId, @RestPath String roomId, @RestPath String userId) {
        return move(eventId, roomId, userId, Place.PENDING);
    }

    private Uni<QueueOperations.Seat> move(String eventId, String roomId, String userId, Place place) {
        requireModerator();
        return Uni.createFrom()
                .completionStage(() -> queue.moveTo(place, new RoomKey(eventId, roomId), Ids.userId(userId)));
    }

    @PUT
    @Path("/{userId}/position")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<QueueOperations.Seat> position(
            @RestPath String eventId, @RestPath String roomId, @RestPath String userId, @Valid @NotNull Position to) {
        requireModerator();
        int index = to.index() == null ? 0 : to.index();
        return Uni.createFrom()
                .completionStage(() -> queue.moveToIndex(new RoomKey(eventId, roomId), Ids.userId(userId), index));
    }

    @DELETE
    @Path("/{userId}")
    @ResponseStatus(204)
    public Uni<Void> remove(@RestPath String eventId, @RestPath String roomId, @RestPath String userId) {
        requireModerator();
        return Uni.createFrom().completionStage(() -> queue.remove(new RoomKey(eventId, roomId), Ids.userId(userId)));
    }

    private void requireModerator() {
        if (!pass.get().role().moderates()) {
            throw new ProblemException(ErrorCode.NOT_A_MODERATOR);
        }
    }
}
