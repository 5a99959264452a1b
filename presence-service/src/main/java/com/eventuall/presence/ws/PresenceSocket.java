package com.eventuall.presence.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.ws.PassSockets;
import com.eventuall.platform.ws.PassUpgradeCheck;
import com.eventuall.presence.InboundLimit;
import com.eventuall.presence.Joiner;
import com.eventuall.presence.LossGauge;
import com.eventuall.presence.runtime.PresenceConfig;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The presence socket of one room: {@code hello}, then a {@code snapshot} (or the patches since {@code ?epoch=&version=}),
 * then what changes. Callbacks run on the connection's event loop and only hand over to the room.
 */
@WebSocket(
        path = "/v1/events/{eventId}/rooms/{roomId}/presence",
        inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class PresenceSocket {
    private static final Logger LOG = Logger.getLogger(PresenceSocket.class);
    private static final Uni<Void> DONE = Uni.createFrom().voidItem();

    private final Rooms rooms;
    private final PassSockets passes;
    private final Messages messages;
    private final FanoutMeter meter;
    private final Admission admission;
    private final PresenceConfig config;
    private final LossGauge losses;
    private final Vertx vertx;
    private final Clock clock;

    PresenceSocket(
            Rooms rooms,
            PassSockets passes,
            Messages messages,
            FanoutMeter meter,
            Admission admission,
            PresenceConfig config,
            LossGauge losses,
            Vertx vertx,
            Clock clock) {
        this.rooms = rooms;
        this.passes = passes;
        this.messages = messages;
        this.meter = meter;
        this.admission = admission;
        this.config = config;
        this.losses = losses;
        this.vertx = vertx;
        this.clock = clock;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return onLoop(() -> {
            Pass pass = connection.userData().get(PassUpgradeCheck.PASS);
            RoomKey room = new RoomKey(connection.pathParam("eventId"), connection.pathParam("roomId"));
            Query query = Query.of(connection.handshakeRequest().query());
            Outbox outbox = Outbox.attach(connection, query.gzip(), new Reports(room));
            InboundLimit limit = new InboundLimit(
                    config.limits().messagesPerSecond(), config.limits().messageBurst(), System.nanoTime());
            connection.userData().put(Session.KEY, new Session(room, pass, outbox, limit));
            passes.opened(connection.id(), pass, outbox::close);
            messages.hello(outbox);
            rooms.join(
                    room,
                    new Joiner(
                            connection.id(),
                            pass.userId(),
                            pass.name(),
                            pass.role(),
                            query.status(),
                            query.snapshots(),
                            query.resume()),
                    outbox);
            meter.opened();
            if (admission.isDraining()) {
                outbox.close(CloseCode.RESTART);
            }
        });
    }

    @OnTextMessage
    Uni<Void> text(WebSocketConnection connection, String text) {
        return onLoop(() -> {
            Session session = admitted(connection);
            if (session != null && text.length() > config.limits().messageSize()) {
                session.outbox().close(CloseCode.MESSAGE_TOO_LARGE);
            } else if (session != null) {
                obey(session, ClientMessage.read(text));
            }
        });
    }

    @OnBinaryMessage
    Uni<Void> binary(WebSocketConnection connection, Buffer ignored) {
        return onLoop(() -> {
            Session session = admitted(connection);
            if (session != null) {
                session.outbox().close(CloseCode.INVALID_MESSAGE);
            }
        });
    }

    /** The session, if the connection has not sent too much. */
    private static @Nullable Session admitted(WebSocketConnection connection) {
        Session session = connection.userData().get(Session.KEY);
        if (session == null || session.limit().take(System.nanoTime())) {
            return session;
        }
        session.outbox().close(CloseCode.TOO_MANY_MESSAGES);
        return null;
    }

    private void obey(Session session, ClientMessage message) {
        String id = session.outbox().connectionId();
        switch (message.kind()) {
            case HEARTBEAT -> rooms.inRoom(session.room(), room -> room.heartbeat(id, message.heartbeatStatus()));
            case RESYNC -> rooms.inRoom(session.room(), room -> room.resync(id));
            case LEAVE -> {
                rooms.closed(session.room(), id, Duration.ZERO);
                session.outbox().close(CloseCode.NORMAL);
            }
            case MALFORMED -> messages.malformed(session.outbox());
            case UNKNOWN -> {}
        }
    }

    @OnClose
    Uni<Void> close(WebSocketConnection connection) {
        return onLoop(() -> {
            Session session = connection.userData().remove(Session.KEY);
            if (session != null) {
                passes.closed(connection.id(), session.pass());
                meter.closed();
                left(session);
            }
        });
    }

    /** How long the loss of a connection stays invisible: not at all if the client said goodbye. */
    private void left(Session session) {
        Outbox outbox = session.outbox();
        String id = outbox.connectionId();
        CloseCode ours = outbox.closedAs();
        if (ours == CloseCode.RESTART) {
            rooms.closed(session.room(), id, config.drain().grace());
        } else if (outbox.saidGoodbye() || ours == CloseCode.NORMAL) {
            rooms.closed(session.room(), id, Duration.ZERO);
        } else {
            losses.lost(clock.millis());
            vertx.setTimer(
                    Math.max(1, losses.pause().toMillis()),
                    ignored -> rooms.closed(session.room(), id, losses.grace(clock.millis())));
        }
    }

    /** Without it every client that vanishes would be an error with a stack trace in the log. */
    @OnError
    Uni<Void> failed(WebSocketConnection connection, Throwable failure) {
        LOG.debugf(failure, "Connection %s failed", connection.id());
        return DONE;
    }

    private static Uni<Void> onLoop(Runnable task) {
        task.run();
        return DONE;
    }

    /** Leads what a connection reports into its room. */
    private final class Reports implements Outbox.Outlet {
        private final RoomKey room;

        Reports(RoomKey room) {
            this.room = room;
        }

        @Override
        public void writable(String connectionId, long version) {
            rooms.inRoom(room, live -> live.catchUp(connectionId, version));
        }

        @Override
        public void wrote(int count) {
            meter.wrote(count);
        }
    }
}
