package com.eventuall.queue.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.Pass;
import com.eventuall.queue.Subscriber;
import io.github.bucket4j.Bucket;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * One open socket. Frames go out in the order of {@link #send}; how many bytes wait for a slow reader is bounded: beyond it
 * the socket is closed, and the browser's next sync brings it what it missed in one piece.
 */
final class SocketSubscriber implements Subscriber {

    static final UserData.TypedKey<SocketSubscriber> KEY = new UserData.TypedKey<>("queue-subscriber");

    /** Large frames cost as much as several: reading them is work, whatever becomes of them. */
    private static final int BYTES_OF_ANOTHER_FRAME = 8 << 10;

    private static final Logger LOG = Logger.getLogger(SocketSubscriber.class);

    private final WebSocketConnection connection;
    private final RoomKey room;
    private final Pass pass;
    private final Bucket rate;
    private final long maxUnsentBytes;
    private final AtomicLong unsentBytes = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();

    SocketSubscriber(WebSocketConnection connection, RoomKey room, Pass pass, Bucket rate, long maxUnsentBytes) {
        this.connection = connection;
        this.room = room;
        this.pass = pass;
        this.rate = rate;
        this.maxUnsentBytes = maxUnsentBytes;
    }

    RoomKey room() {
        return room;
    }

    Pass pass() {
        return pass;
    }

    /** Whether the socket may send a frame of so many bytes now. */
    boolean withinRate(int bytes) {
        return rate.tryConsume(1 + bytes / BYTES_OF_ANOTHER_FRAME);
    }

    boolean isClosing() {
        return closing.get();
    }

    @Override
    public void send(byte[] frame) {
        if (closing.get()) {
            return;
        }
        long unsent = unsentBytes.addAndGet(frame.length);
        // One frame is always let through, however large: it is a browser's first copy of the document.
        if (unsent > maxUnsentBytes && unsent > frame.length) {
            close(CloseCode.TOO_SLOW);
            return;
        }
        connection
                .sendBinary(Buffer.buffer(frame))
                .subscribe()
                .with(sent -> unsentBytes.addAndGet(-frame.length), this::notSent);
    }

    private void notSent(Throwable failure) {
        LOG.debugf("Frame not sent to %s: %s", connection.id(), failure);
    }

    @Override
    public void close(CloseCode code) {
        if (closing.compareAndSet(false, true)) {
            connection
                    .close(new CloseReason(code.code(), code.reason()))
                    .subscribe()
                    .with(ignored -> {}, failure -> LOG.debugf("Close of %s failed: %s", connection.id(), failure));
        }
    }

    @Override
    public String userId() {
        return pass.userId();
    }

    @Override
    public String name() {
        return pass.name();
    }

    @Override
    public String role() {
        return pass.role().wireName();
    }

    @Override
    public boolean mayEdit() {
        return pass.role().moderates();
    }
}
