package com.eventuall.chat.http;

import com.eventuall.chat.MessageRef;
import com.eventuall.chat.ReactionStore.Toggle;
import com.eventuall.chat.ReactionStore.Toggled;
import com.eventuall.chat.Reactions;
import com.eventuall.chat.RoomChats;
import com.eventuall.chat.config.ChatConfig;
import com.eventuall.chat.reactions.Emoji;
import com.eventuall.chat.reactions.Reaction;
import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.CurrentPass;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.limit.PersonLimiter;
import com.eventuall.platform.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reactions to the messages of a room. They also stand in the messages' attributes, where chat clients read them, a moment later
 * and as far as they fit; here they are complete and current.
 */
@Path("/v1/events/{eventId}/rooms/{roomId}/chat")
@Produces(MediaType.APPLICATION_JSON)
public class ReactionResource {
    private static final Pattern MESSAGE = Pattern.compile("IM[0-9a-f]{32}");
    private static final int MESSAGES_PER_PAGE = 100;
    private static final int READS_AT_ONCE = 8;
    /** Ids per emoji in an answer; beyond it there is the count. */
    private static final int IDS_PER_EMOJI = 1000;

    private final CurrentPass pass;
    private final RoomChats rooms;
    private final Reactions reactions;
    private final PersonLimiter limiter;

    ReactionResource(CurrentPass pass, RoomChats rooms, Reactions reactions, ChatConfig config) {
        this.pass = pass;
        this.rooms = rooms;
        this.reactions = reactions;
        ChatConfig.Reactions.RateLimit limit = config.reactions().rateLimit();
        this.limiter = new PersonLimiter("reactions", limit.burst(), limit.perSecond());
    }

    /** What to toggle. */
    public record Request(@Nullable String emoji) {}

    /**
     * What a toggle did.
     *
     * @param emoji as it is stored
     * @param reacted whether the caller's reaction stands now; null if that is not known yet
     * @param count how many have reacted with this emoji; null if that is not known yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Toggling(
            String emoji,
            @Nullable Boolean reacted,
            @Nullable Long count) {}

    /**
     * A message's reactions.
     *
     * @param reactions who reacted, by emoji
     * @param reactionCounts how many in all, of the emojis that not all ids are given of
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record OfMessage(@JsonInclude Map<String, List<String>> reactions, Map<String, Long> reactionCounts) {}

    /** The reactions of several messages, by message. */
    public record Page(Map<String, OfMessage> messages) {}

    /**
     * Adds the caller's reaction, or takes it back. 200 with what it did; 202 when the message's reactions must first be read
     * from Twilio and it does not answer: the toggle is kept and applied then. 400 if it is not one emoji, 404 if there is no
     * such message, 409 if the message has as many different emojis as allowed, 429 if the caller toggles too often.
     */
    @POST
    @Path("messages/{messageSid}/reactions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Toggling>> toggle(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("messageSid") String messageSid,
            @Nullable Request request) {
        Pass caller = pass.get();
        limiter.admit(caller);
        Emoji emoji = emoji(request);
        return message(new RoomKey(eventId, roomId), messageSid)
                .chain(message -> reactions.toggle(message, emoji, caller.userId()))
                .map(toggled -> answer(emoji, toggled));
    }

    private static RestResponse<Toggling> answer(Emoji emoji, Toggled toggled) {
        return switch (toggled.what()) {
            case ADDED, REMOVED ->
                RestResponse.ok(new Toggling(emoji.key(), toggled.what() == Toggle.ADDED, toggled.count()));
            case PARKED -> RestResponse.status(RestResponse.Status.ACCEPTED, new Toggling(emoji.key(), null, null));
            case TOO_MANY ->
                throw new ProblemException(ErrorCode.CONFLICT, "The message has too many different emojis");
            case NOT_LOADED -> throw new ProblemException(ErrorCode.UNAVAILABLE);
        };
    }

    /** A message's reactions. */
    @GET
    @Path("messages/{messageSid}/reactions")
    public Uni<OfMessage> read(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @PathParam("messageSid") String messageSid) {
        return message(new RoomKey(eventId, roomId), messageSid)
                .chain(reactions::read)
                .map(ReactionResource::ofMessage);
    }

    /** The reactions of up to 100 messages, as {@code ?messages=IM…,IM…}. Messages that do not exist are left out. */
    @GET
    @Path("reactions")
    public Uni<Page> readPage(
            @PathParam("eventId") String eventId,
            @PathParam("roomId") String roomId,
            @QueryParam("messages") @Nullable String messages) {
        RoomKey room = new RoomKey(eventId, roomId);
        Set<String> wanted =
                messages == null || messages.isEmpty() ? Set.of() : new TreeSet<>(List.of(messages.split(",")));
        if (wanted.isEmpty() || wanted.size() > MESSAGES_PER_PAGE) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, "messages must name 1 to " + MESSAGES_PER_PAGE + " messages");
        }
        return Multi.createFrom()
                .iterable(wanted)
                .onItem()
                .transformToUni(sid -> message(room, sid)
                        .chain(reactions::read)
                        .map(read -> Map.entry(sid, ofMessage(read)))
                        .onFailure(VendorProblems::isNotFound)
                        .recoverWithNull())
                .merge(READS_AT_ONCE)
                .collect()
                .asList()
                .map(ReactionResource::page);
    }

    private static Page page(List<Map.Entry<String, OfMessage>> read) {
        Map<String, OfMessage> page = new LinkedHashMap<>();
        read.forEach(entry -> page.put(entry.getKey(), entry.getValue()));
        return new Page(page);
    }

    private Uni<MessageRef> message(RoomKey room, String messageSid) {
        if (!MESSAGE.matcher(messageSid).matches()) {
            throw new ProblemException(ErrorCode.INVALID_ID, "A message id is IM and 32 hexadecimal digits");
        }
        return rooms.conversationOf(room)
                .map(sid -> sid.map(conversation -> new MessageRef(room, conversation, messageSid))
                        .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "The room has no chat")));
    }

    private static Emoji emoji(@Nullable Request request) {
        String emoji = request == null ? null : request.emoji();
        return Emoji.parse(emoji == null ? "" : emoji)
                .orElseThrow(() -> new ProblemException(ErrorCode.INVALID_REQUEST, "emoji must be exactly one emoji"));
    }

    private static OfMessage ofMessage(List<Reaction> reactions) {
        Map<String, List<String>> people = new LinkedHashMap<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Reaction reaction : reactions) {
            List<String> ids = reaction.userIds();
            List<String> shown = ids.subList(0, Math.min(IDS_PER_EMOJI, ids.size()));
            people.put(reaction.emoji(), shown);
            if (shown.size() < reaction.count()) {
                counts.put(reaction.emoji(), reaction.count());
            }
        }
        return new OfMessage(people, counts);
    }
}
