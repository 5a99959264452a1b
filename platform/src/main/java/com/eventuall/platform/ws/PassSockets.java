package com.eventuall.platform.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.auth.RevokedPasses;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sockets by the person behind them: closes each when its pass expires (4401) and those of a person whose role is
 * revoked (4403). How a socket is closed is the service's business; this only says when and why.
 */
public final class PassSockets {
    private final Vertx vertx;
    private final Clock clock;
    private final Map<Person, Map<String, Entry>> people = new ConcurrentHashMap<>();

    public PassSockets(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Watches over a socket until {@link #closed}.
     *
     * @param connectionId unique in this process
     * @param close called at most once, on some event loop
     */
    public void opened(String connectionId, Pass pass, Consumer<CloseCode> close) {
        long left = Math.max(1, pass.expiresAt().toEpochMilli() - clock.millis());
        long timer = vertx.setTimer(left, ignored -> end(pass, connectionId, CloseCode.PASS_EXPIRED));
        people.compute(Person.of(pass), (person, sockets) -> {
            Map<String, Entry> known = sockets == null ? new ConcurrentHashMap<>(4) : sockets;
            known.put(connectionId, new Entry(pass, timer, close));
            return known;
        });
    }

    /** Forgets a socket; to be called once it is closed, whoever closed it. Does no harm when repeated. */
    public void closed(String connectionId, Pass pass) {
        remove(pass, connectionId);
    }

    /** Closes the person's sockets in that event whose passes were issued at or before the moment of the revocation. */
    public void revoke(String eventId, String userId, long revokedAt) {
        Map<String, Entry> sockets = people.getOrDefault(new Person(eventId, userId), Map.of());
        sockets.forEach((id, entry) -> {
            if (RevokedPasses.isVoid(entry.pass, revokedAt)) {
                end(entry.pass, id, CloseCode.NOT_ALLOWED);
            }
        });
    }

    private void end(Pass pass, String connectionId, CloseCode code) {
        Entry entry = remove(pass, connectionId);
        if (entry != null) {
            entry.close.accept(code);
        }
    }

    private @Nullable Entry remove(Pass pass, String connectionId) {
        Entry[] removed = new Entry[1];
        people.computeIfPresent(Person.of(pass), (person, sockets) -> {
            removed[0] = sockets.remove(connectionId);
            return sockets.isEmpty() ? null : sockets;
        });
        if (removed[0] != null) {
            vertx.cancelTimer(removed[0].timer);
        }
        return removed[0];
    }

    private record Person(String eventId, String userId) {
        static Person of(Pass pass) {
            return new Person(pass.eventId(), pass.userId());
        }
    }

    private record Entry(Pass pass, long timer, Consumer<CloseCode> close) {}
}
