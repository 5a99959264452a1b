package com.eventuall.queue.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.ws.PassSockets;
import com.eventuall.platform.ws.PassUpgradeCheck;
import com.eventuall.queue.Rooms;
import com.eventuall.queue.runtime.QueueConfig;
import io.github.bucket4j.Bucket;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The queue of one room for one browser. Callbacks run on the connection's event loop, check the rate, and hand over to the
 * room's own thread; the order of frames is kept all the way.
 */
@WebSocket(path = "/v1/events/{eventId}/rooms/{roomId}/queue", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class QueueSocket {

    private static final Logger LOG = Logger.getLogger(QueueSocket.class);
    private static final Uni<Void> DONE = Uni.createFrom().voidItem();

    private final Rooms rooms;
    private final PassSockets passes;
    private final QueueConfig config;
    private final Drain drain;

    QueueSocket(Rooms rooms, PassSockets passes, QueueConfig config, Drain drain) {
        this.rooms = rooms;
        this.passes = passes;
        this.config = config;
        this.drain = drain;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        Pass pass = connection.userData().get(PassUpgradeCheck.PASS);
        RoomKey room = new RoomKey(connection.pathParam("eventId"), connection.pathParam("roomId"));
        SocketSubscriber subscriber = new SocketSubscriber(
                connection, room, pass, rate(), config.limits().unsentBytes().asLongValue());
        connection.userData().put(SocketSubscriber.KEY, subscriber);
        passes.opened(connection.id(), pass, subscriber::close);
        rooms.with(room, live -> live.open(subscriber));
        if (drain.isDraining()) {
            subscriber.close(CloseCode.RESTART);
        }
        return DONE;
    }

    private Bucket rate() {
        int perSecond = config.limits().messagesPerSecond();
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(config.limits().messageBurst()).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    @OnBinaryMessage
    Uni<Void> binary(WebSocketConnection connection, Buffer frame) {
        SocketSubscriber subscriber = connection.userData().get(SocketSubscriber.KEY);
        if (subscriber == null || subscriber.isClosing()) {
            return DONE;
        }
        if (subscriber.withinRate(frame.length())) {
            byte[] bytes = frame.getBytes();
            rooms.with(subscriber.room(), room -> room.receive(subscriber, bytes));
        } else {
            subscriber.close(CloseCode.TOO_MANY_MESSAGES);
        }
        return DONE;
    }

    @OnTextMessage
    Uni<Void> text(WebSocketConnection connection, String ignored) {
        SocketSubscriber subscriber = connection.userData().get(SocketSubscriber.KEY);
        if (subscriber != null) {
            subscriber.close(CloseCode.INVALID_MESSAGE);
        }
        return DONE;
    }

    @OnClose
    Uni<Void> close(WebSocketConnection connection) {
        SocketSubscriber subscriber = connection.userData().remove(SocketSubscriber.KEY);
        if (subscriber != null) {
            passes.closed(connection.id(), subscriber.pass());
            rooms.ifHeld(subscriber.room(), room -> room.close(subscriber));
        }
        return DONE;
    }

    /** Without it every browser that vanishes would be an error with a stack trace in the log. */
    @OnError
    Uni<Void> failed(WebSocketConnection connection, Throwable failure) {
        LOG.debugf(failure, "Connection %s failed", connection.id());
        return DONE;
    }
}
