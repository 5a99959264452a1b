package com.eventuall.presence.ws;

import com.eventuall.contracts.CloseCode;
import com.eventuall.presence.View;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The outbound side of one connection: writes frames that many connections share straight into the Netty pipeline, and never
 * holds more for a slow reader than the write buffer's mark and the frame in flight. Everything the application sends on a
 * connection goes through here, because writes past it would overtake or be overtaken. Touched on the channel's event loop
 * only, unless said otherwise.
 *
 * <p>It rests on Vert.x 4's own connection class, the one place in the service that does.
 */
final class Outbox extends ChannelInboundHandlerAdapter {
    /** Where the upgrade check leaves the connection for {@link #attach}. */
    static final UserData.TypedKey<HttpConnection> TRANSPORT = new UserData.TypedKey<>("presence.transport");

    /** With one snapshot of a thousand people (95 KB) on top, a connection holds less than 128 KB. */
    private static final WriteBufferWaterMark MARK = new WriteBufferWaterMark(16 * 1024, 32 * 1024);
    /** Else the kernel takes up to 4 MB for a reader that has stopped. */
    private static final int KERNEL_BUFFER = 64 * 1024;
    /** How long a polite close may take before the connection is cut. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    private final WebSocketConnection connection;
    private final ConnectionBase transport;
    private final boolean gzip;
    private final Outlet outlet;
    private @Nullable ChannelHandlerContext context;
    private @Nullable View view;
    private long version = -1;
    private long laggingSince;
    private long heardAt = System.nanoTime();
    private boolean pinged;
    private boolean suspected;
    /** Normal closure, going away, and a close frame without a code. */
    private static final Set<Integer> GOODBYES = Set.of(1000, 1001, -1);

    private volatile boolean goodbye;
    /** Whether the room was asked for what is missing and has not answered: asking twice would send it twice. */
    private boolean catchUpAsked;

    private volatile @Nullable CloseCode closedAs;

    /** What an outbox reports to. */
    interface Outlet {
        /** The connection has {@code version} and can take more; on its event loop. */
        void writable(String connectionId, long version);

        /** {@code count} frames were written; on its event loop. */
        void wrote(int count);
    }

    private Outbox(WebSocketConnection connection, ConnectionBase transport, boolean gzip, Outlet outlet) {
        this.connection = connection;
        this.transport = transport;
        this.gzip = gzip;
        this.outlet = outlet;
    }

    /** Puts an outbox into the connection's pipeline; to be called on its event loop, from {@code @OnOpen}. */
    static Outbox attach(WebSocketConnection connection, boolean gzip, Outlet outlet) {
        HttpConnection captured = connection.userData().remove(TRANSPORT);
        if (!(captured instanceof ConnectionBase transport)) {
            throw new IllegalStateException("The upgrade check did not see this connection");
        }
        Outbox outbox = new Outbox(connection, transport, gzip, outlet);
        ChannelConfig config = transport.channel().config();
        config.setWriteBufferWaterMark(MARK);
        config.setOption(ChannelOption.SO_SNDBUF, KERNEL_BUFFER);
        ChannelHandlerContext vertx = transport.channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), "fanout", outbox);
        return outbox;
    }

    String connectionId() {
        return connection.id();
    }

    /** Whether the client takes large snapshots compressed. Any thread. */
    boolean takesGzip() {
        return gzip;
    }

    EventLoop loop() {
        return transport.channel().eventLoop();
    }

    @Nullable
    View view() {
        return view;
    }

    /** Follows {@code next}, having {@code has}; a connection that has moved on since is left where it is. */
    void follow(View next, long has) {
        if (view == null || version == has) {
            view = next;
            version = has;
            laggingSince = 0;
        }
        catchUpAsked = false;
    }

    /** Writes a patch between two versions to a connection that follows along; one that cannot take it lags from now on. */
    void offer(ByteBuf frame, long from, long to) {
        if (laggingSince == 0 && version == from) {
            advance(frame, to);
        } else if (version < to && isWritable()) {
            askCatchUp();
        }
    }

    /** Writes a patch that was made for this connection, which may have moved on since. */
    void continueWith(View next, ByteBuf frame, long from, long to) {
        catchUpAsked = false;
        if (view == null) {
            view = next;
            version = from;
        }
        if (version == from) {
            advance(frame, to);
        }
    }

    /** Writes a snapshot, which fits wherever the client was. */
    void replace(View next, ByteBuf frame, long to) {
        catchUpAsked = false;
        view = next;
        version = -1;
        advance(frame, to);
    }

    private void advance(ByteBuf frame, long to) {
        if (write(frame)) {
            version = to;
            laggingSince = 0;
        } else if (laggingSince == 0) {
            laggingSince = System.nanoTime();
        }
    }

    /** Writes a frame, unless the client reads too slowly; returns whether it did. */
    boolean write(ByteBuf frame) {
        ChannelHandlerContext pipeline = context;
        if (pipeline == null || connection.isClosed() || !pipeline.channel().isWritable()) {
            return false;
        }
        pipeline.writeAndFlush(frame.retainedDuplicate(), transport.voidPromise);
        outlet.wrote(1);
        return true;
    }

    private boolean isWritable() {
        Channel channel = transport.channel();
        return channel.isActive() && channel.isWritable();
    }

    /** Since when nothing can be written, {@link System#nanoTime}; 0 if it can. */
    long laggingSince() {
        return laggingSince;
    }

    /** How many bytes wait in this process for a client that cannot take more; 0 for others. */
    long backlog() {
        long aboveMark = transport.channel().bytesBeforeWritable();
        return aboveMark == 0 ? 0 : aboveMark + MARK.low();
    }

    /** When the client was last heard, {@link System#nanoTime}. */
    long heardAt() {
        return heardAt;
    }

    /**
     * Notes that the client seems to be gone. Returns whether that was noted before and nothing has come since: after a stall of
     * this process what a client sent may still be unread, and is read before the next look.
     */
    boolean suspect() {
        boolean again = suspected;
        suspected = true;
        return again;
    }

    boolean isPinged() {
        return pinged;
    }

    /** Asks for a sign of life. A client that reads too slowly is not asked: it is seen by its lagging. */
    void ping() {
        ByteBuf ping = Frames.ping();
        try {
            pinged = write(ping);
        } finally {
            ping.release();
        }
    }

    /** Whether the client closed the connection, rather than vanished. Any thread. */
    boolean saidGoodbye() {
        return goodbye && closedAs == null;
    }

    /** Why this side closed the connection; null if it did not. Any thread. */
    @Nullable
    CloseCode closedAs() {
        return closedAs;
    }

    /** Closes politely, and cuts the connection if that takes too long. Any thread. */
    void close(CloseCode code) {
        loop().execute(() -> {
            if (closedAs != null) {
                return;
            }
            closedAs = code;
            connection
                    .close(new CloseReason(code.code(), code.reason()))
                    .subscribe()
                    .with(ignored -> {}, ignored -> {});
            loop().schedule((Runnable) this::cut, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Ends a connection that does not answer. A polite close alone would wait behind what it does not read. */
    void cut(CloseCode code) {
        if (closedAs == null) {
            closedAs = code;
        }
        cut();
    }

    private void cut() {
        if (context != null && context.channel().isOpen()) {
            context.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext pipeline, Object message) {
        heardAt = System.nanoTime();
        pinged = false;
        suspected = false;
        goodbye |= message instanceof CloseWebSocketFrame close && isGoodbye(close);
        pipeline.fireChannelRead(message);
    }

    /** Whoever closes with a code of their own, as a browser that moves to another socket, is expected back. */
    private static boolean isGoodbye(CloseWebSocketFrame close) {
        return GOODBYES.contains(close.statusCode());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext pipeline) {
        if (laggingSince != 0 && pipeline.channel().isWritable()) {
            askCatchUp();
        }
        pipeline.fireChannelWritabilityChanged();
    }

    private void askCatchUp() {
        if (!catchUpAsked) {
            catchUpAsked = true;
            outlet.writable(connection.id(), version);
        }
    }
}
