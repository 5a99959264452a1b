package com.eventuall.chat.http;

import com.eventuall.chat.RoomChat;
import com.eventuall.chat.RoomChats;
import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.CurrentPass;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * A room's chat. Besides the refusals of every route (400, 401, 403): 409 when the chat has ended or is full, 503 when a store
 * does not answer, or the vendor where its answer is needed.
 */
@Path("/v1/events/{eventId}/rooms/{roomId}/chat")
@Produces(MediaType.APPLICATION_JSON)
public class ChatResource {
    private final CurrentPass pass;
    private final RoomChats rooms;

    ChatResource(CurrentPass pass, RoomChats rooms) {
        this.pass = pass;
        this.rooms = rooms;
    }

    /** The room's conversation, and whether the caller is in it already. */
    public record Entered(String conversationSid, boolean joined) {}

    /**
     * The room's chat.
     *
     * @param conversationSid null while the conversation is being made anew
     * @param state {@code open}, {@code closing} or {@code closed}
     */
    public record State(@Nullable String conversationSid, String state) {}

    /**
     * Makes the room's conversation if there is none and lets the caller in. 200 when they are in; 202 when the conversation is
     * there but Twilio cannot take them now: they are let in as soon as it can, without asking again.
     */
    @POST
    public Uni<RestResponse<Entered>> enter(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        Pass caller = pass.get();
        return rooms.enter(new RoomKey(eventId, roomId), caller.userId(), caller.role())
                .map(entry -> {
                    String sid = entry.conversationSid();
                    if (sid == null) {
                        throw new ProblemException(ErrorCode.CONFLICT, "The chat of this room has ended");
                    }
                    return RestResponse.status(
                            entry.joined() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED,
                            new Entered(sid, entry.joined()));
                });
    }

    /** Looks without entering. 404 if nobody has entered yet. */
    @GET
    public Uni<State> state(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        return rooms.find(new RoomKey(eventId, roomId))
                .map(chat ->
                        chat.map(ChatResource::state).orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND)));
    }

    /** Ends the chat for good (moderators): nobody can write any more, what was written stays. 202, also when it has ended. */
    @DELETE
    public Uni<RestResponse<State>> end(@PathParam("eventId") String eventId, @PathParam("roomId") String roomId) {
        Callers.requireModerator(pass.get());
        return rooms.end(new RoomKey(eventId, roomId))
                .map(ended -> ended.map(chat -> RestResponse.status(RestResponse.Status.ACCEPTED, state(chat)))
                        .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND)));
    }

    private static State state(RoomChat chat) {
        return new State(chat.conversationSid(), chat.phase().name().toLowerCase(Locale.ROOT));
    }
}
