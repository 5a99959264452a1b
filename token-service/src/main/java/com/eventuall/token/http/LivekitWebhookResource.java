package com.eventuall.token.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.InvalidIdException;
import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.LivekitEvent;
import com.eventuall.platform.auth.SignedRoute;
import com.eventuall.platform.events.EventPublisher;
import com.eventuall.platform.events.OutgoingEvent;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.tracing.TraceContext;
import com.eventuall.token.livekit.LivekitWebhooks;
import com.eventuall.token.redis.SeenWebhooks;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place where LiveKit's webhooks come in. A verified event is published on {@code livekit-events}, keyed by room,
 * before LiveKit gets its 2xx: while Kafka is away it gets 503 and sends the event again. Events of rooms that are not ours
 * are accepted and dropped.
 */
@Path("/v1/webhooks/livekit")
public class LivekitWebhookResource implements SignedRoute {
    /** Shorter than the patience of LiveKit's sender. */
    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(4);

    private final LivekitWebhooks webhooks;
    private final SeenWebhooks seen;
    private final EventPublisher publisher;
    private final ObjectMapper json;
    private final Clock clock;

    LivekitWebhookResource(
            LivekitWebhooks webhooks, SeenWebhooks seen, EventPublisher publisher, ObjectMapper json, Clock clock) {
        this.webhooks = webhooks;
        this.seen = seen;
        this.publisher = publisher;
        this.json = json;
        this.clock = clock;
    }

    /** Takes one event. The body is taken raw: its digest is signed. */
    @POST
    @Consumes({"application/webhook+json", "application/json"})
    public Uni<Void> receive(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, byte[] body) {
        webhooks.verify(authorization, body);
        LivekitEvent event = read(body);
        Optional<RoomKey> room = room(event);
        if (room.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return seen.contains(event.id())
                .chain(known -> known ? Uni.createFrom().voidItem() : publish(event, room.get(), body));
    }

    private Uni<Void> publish(LivekitEvent event, RoomKey room, byte[] body) {
        OutgoingEvent outgoing = new OutgoingEvent(
                event.id(),
                EventType.LIVEKIT_EVENT,
                room.key(),
                clock.millis(),
                OutgoingEvent.UNORDERED,
                new String(body, StandardCharsets.UTF_8),
                TraceContext.current());
        return publisher
                .publish(outgoing)
                .ifNoItem()
                .after(PUBLISH_TIMEOUT)
                .fail()
                .onFailure()
                .transform(failure -> ProblemException.unavailable("The event cannot be passed on at the moment"))
                .chain(() -> seen.add(event.id()));
    }

    private LivekitEvent read(byte[] body) {
        try {
            LivekitEvent event = json.readValue(body, LivekitEvent.class);
            if (event != null
                    && event.event() != null
                    && event.id() != null
                    && event.id().length() <= 128) {
                return event;
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The body is not a LiveKit event");
        } catch (java.io.IOException e) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The body cannot be read");
        }
        throw new ProblemException(ErrorCode.INVALID_REQUEST, "A LiveKit event has a kind and an id");
    }

    private static Optional<RoomKey> room(LivekitEvent event) {
        String name = event.roomName();
        try {
            return name == null ? Optional.empty() : Optional.of(RoomKey.parse(name));
        } catch (InvalidIdException e) {
            return Optional.empty();
        }
    }
}
