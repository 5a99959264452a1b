package com.eventuall.chat.db;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.RoomEvent;
import com.eventuall.platform.events.OutgoingEvent;
import com.eventuall.platform.outbox.PostgresOutbox;
import com.eventuall.platform.tracing.TraceContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes events into the transaction at hand. */
@ApplicationScoped
public class Events {
    private final ObjectMapper json;
    private final Clock clock;

    Events(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Uni<Void> append(Mutiny.Session session, EventType type, RoomEvent payload) {
        return PostgresOutbox.append(
                session,
                new OutgoingEvent(
                        UuidCreator.getTimeOrderedEpoch().toString(),
                        type,
                        payload.room().key(),
                        clock.millis(),
                        OutgoingEvent.UNORDERED,
                        write(payload),
                        TraceContext.current()));
    }

    private String write(RoomEvent payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not writable: " + payload.getClass().getSimpleName(), e);
        }
    }
}
