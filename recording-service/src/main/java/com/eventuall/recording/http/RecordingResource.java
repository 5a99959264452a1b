package com.eventuall.recording.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.CurrentPass;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingSpec;
import com.eventuall.recording.RecordingView;
import com.eventuall.recording.RecordingView.ClipView;
import com.eventuall.recording.Recordings;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Recordings of a room. Everybody with a pass for the room may look; starting, stopping and retrying need a moderator. No
 * route waits for a vendor: the answer says what is stored, the workflow does the rest. 503 while the database is away.
 */
@Path("/v1/events/{eventId}/rooms/{roomId}/recordings")
@Produces(MediaType.APPLICATION_JSON)
public class RecordingResource {
    private static final Logger LOG = Logger.getLogger(RecordingResource.class);

    private final CurrentPass pass;
    private final Recordings recordings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    RecordingResource(CurrentPass pass, Recordings recordings, Supplier<UUID> ids, Clock clock) {
        this.pass = pass;
        this.recordings = recordings;
        this.ids = ids;
        this.clock = clock;
    }

    /** A list of recordings, newest first. */
    public record Listing(List<RecordingView> recordings) {}

    /** Starts a recording, or answers the one that is live: 202 with its address either way. The body may be empty. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Uni<RestResponse<RecordingView>> start(
            @PathParam("eventId") String eventId, @PathParam("roomId") String roomId, @Nullable StartRequest request) {
        Pass moderator = moderator();
        RoomKey room = new RoomKey(eventId, roomId);
        StartRequest wanted = request == null ? StartRequest.USUAL : request;
        RecordingSpec spec = new RecordingSpec(
                ids.get(), room, wanted.wantsLowLatency(), wanted.wantedLayout(), moderator.userId(), clock.instant());
        return stored(() -> recordings.start(spec)).map(recording -> accepted(room, recording));
    }

    private static RestResponse<RecordingView> accepted(RoomKey room, Recording recording) {
        URI place = URI.create(
                "/v1/events/" + room.eventId() + "/rooms/" + room.roomId() + "/recordings/" + recording.id());
        return RestResponse.ResponseBuilder.ok(RecordingView.of(recording))
                .status(RestResponse.Status.ACCEPTED)
                .location(place)
                .build();
    }

    /** Asks to stop. One that has stopped already is answered as it is. */
    @POST
    @Path("{recordingId}/stop")
    @Consumes(MediaType.WILDCARD)
    public Uni<RestResponse<RecordingView>> stop(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("recordingId") String recordingId) {
        moderator();
        RoomKey room = new RoomKey(eventId, roomId);
        UUID id = id(recordingId);
        return stored(() -> recordings.stop(room, id))
                .map(RecordingResource::found)
                .map(recording -> accepted(room, recording));
    }

    /** The room's newest recordings with their clips, at most 100. */
    @GET
    public Uni<Listing> list(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        RoomKey room = new RoomKey(eventId, roomId);
        return stored(() -> recordings.list(room))
                .map(all -> new Listing(all.stream().map(RecordingView::of).toList()));
    }

    /** One recording with its clips. */
    @GET
    @Path("{recordingId}")
    public Uni<RecordingView> get(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("recordingId") String recordingId) {
        RoomKey room = new RoomKey(eventId, roomId);
        UUID id = id(recordingId);
        return stored(() -> recordings.find(room, id))
                .map(RecordingResource::found)
                .map(RecordingView::of);
    }

    /** Has a failed clip made once more; any other clip is answered as it is. */
    @POST
    @Path("{recordingId}/clips/{clipId}/retry")
    @Consumes(MediaType.WILDCARD)
    public Uni<RestResponse<ClipView>> retry(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("recordingId") String recordingId,
            @PathParam("clipId") String clipId) {
        moderator();
        RoomKey room = new RoomKey(eventId, roomId);
        UUID id = id(recordingId);
        UUID clip = id(clipId);
        return stored(() -> recordings.retryClip(room, id, clip))
                .map(RecordingResource::found)
                .map(retried -> RestResponse.accepted(ClipView.of(retried)));
    }

    private Pass moderator() {
        Pass caller = pass.get();
        if (caller.role() == Role.PARTICIPANT) {
            throw new ProblemException(ErrorCode.NOT_A_MODERATOR);
        }
        return caller;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
    }

    private static <T> T found(Optional<T> value) {
        return value.orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
    }

    private static <T> Uni<T> stored(Supplier<CompletionStage<T>> request) {
        return Uni.createFrom()
                .completionStage(request)
                .onFailure()
                .invoke(failure -> LOG.warnf("Recordings cannot be read or written: %s", failure))
                .onFailure()
                .transform(
                        failure -> ProblemException.unavailable("Recordings cannot be read or written at the moment"));
    }
}
