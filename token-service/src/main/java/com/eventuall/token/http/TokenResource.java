package com.eventuall.token.http;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.CurrentPass;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.limit.PersonLimiter;
import com.eventuall.token.TokenConfig;
import com.eventuall.token.http.JoinAnswer.ChatAccess;
import com.eventuall.token.http.JoinAnswer.LivekitAccess;
import com.eventuall.token.redis.RoomDirectory;
import com.eventuall.token.redis.RoomDirectory.Place;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Tokens for a room. None of the routes takes a body. Besides the refusals of every route (400, 401, 403) they answer 429
 * when one person asks too often, and 503 while the shared state cannot be read; LiveKit and Twilio are not asked, so their
 * outages do not matter here.
 */
@Path("/v1/events/{eventId}/rooms/{roomId}")
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
    private final CurrentPass pass;
    private final PersonLimiter limiter;
    private final RoomDirectory rooms;
    private final TokenIssue issue;

    TokenResource(CurrentPass pass, RoomDirectory rooms, TokenIssue issue, TokenConfig config) {
        this.pass = pass;
        this.limiter = new PersonLimiter(
                "tokens", config.rateLimit().burst(), config.rateLimit().perSecond());
        this.rooms = rooms;
        this.issue = issue;
    }

    /** All that a browser needs to be in the room. */
    @POST
    @Path("join")
    public Uni<JoinAnswer> join(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        return answer(new RoomKey(eventId, roomId), issue::join);
    }

    /** A fresh LiveKit token, with the rights of this moment. */
    @POST
    @Path("livekit-token")
    public Uni<LivekitAccess> livekitToken(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        return answer(new RoomKey(eventId, roomId), issue::livekit);
    }

    /** A fresh Twilio token. */
    @POST
    @Path("chat-token")
    public Uni<ChatAccess> chatToken(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        return answer(new RoomKey(eventId, roomId), issue::chat);
    }

    private <T> Uni<T> answer(RoomKey room, Answer<T> answer) {
        Pass caller = pass.get();
        limiter.admit(caller);
        return rooms.find(room, caller.userId()).map(place -> answer.make(caller, room, place));
    }

    private interface Answer<T> {
        T make(Pass caller, RoomKey room, Place place);
    }
}
