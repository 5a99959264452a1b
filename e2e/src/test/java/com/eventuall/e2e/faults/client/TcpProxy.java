package com.eventuall.e2e.faults.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A network that can be bad: cuts connections, delays bytes, or swallows them while both sides believe they are connected. */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile long delay;
    private volatile boolean swallowing;
    private volatile boolean refusing;

    public TcpProxy(URI target) {
        this.target = new InetSocketAddress(target.getHost(), target.getPort());
        try {
            listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public URI origin() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Resets all connections. */
    public void cut() {
        sockets.forEach(TcpProxy::reset);
    }

    /** Resets all connections and takes no new ones, or takes them again. */
    public void refuse(boolean on) {
        refusing = on;
        if (on) {
            cut();
        }
    }

    /** Holds back everything for so long, both ways. */
    public void delay(long millis) {
        delay = millis;
    }

    /** From now on, nothing that is sent arrives, and nobody is told. */
    public void swallow(boolean on) {
        swallowing = on;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    reset(client);
                    continue;
                }
                Socket server = connect();
                if (server == null) {
                    reset(client);
                    continue;
                }
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                daemon(() -> pump(client, server));
                daemon(() -> pump(server, client));
            } catch (IOException closed) {
                // The next one.
            }
        }
    }

    /** A connection to the target; null if it takes none. */
    private @Nullable Socket connect() {
        Socket server = new Socket();
        try {
            server.connect(target, 2_000);
            return server;
        } catch (IOException refused) {
            reset(server);
            return null;
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (delay > 0) {
                    Thread.sleep(delay);
                }
                if (!swallowing) {
                    out.write(buffer, 0, read);
                }
            }
            if (!swallowing) {
                // Nobody here speaks on after the other's end, and a half that stays open is one that its client takes
                // for alive.
                to.close();
            }
        } catch (IOException | InterruptedException end) {
            if (!swallowing) {
                reset(to);
            }
        } finally {
            sockets.remove(from);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
