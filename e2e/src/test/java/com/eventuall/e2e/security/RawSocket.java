package com.eventuall.e2e.security;

import com.eventuall.e2e.Stack;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A WebSocket client that does what no library does: sends anything, reads nothing, never answers a ping. */
final class RawSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    /** The server ended the connection without a close frame. */
    static final int CUT = -1;

    private static final int CLOSE = 8;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** Connects, and sends the beginning of an upgrade without its end. */
    static RawSocket halfOpen(Stack stack, String path) {
        RawSocket raw = connect(stack);
        raw.write(("GET " + path + " HTTP/1.1\r\nHost: " + stack.origin().getAuthority() + "\r\nUpgrade: websocket\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return raw;
    }

    /** Opens a socket of {@code protocol} with a pass. */
    static RawSocket open(Stack stack, String path, String protocol, String pass) {
        RawSocket raw = halfOpen(stack, path);
        String carrier = URLEncoder.encode("quarkus-http-upgrade#Authorization#Bearer " + pass, StandardCharsets.UTF_8)
                .replace("+", "%20");
        raw.write(("Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Sec-WebSocket-Protocol: " + protocol + ", " + carrier + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String status = raw.line();
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException(status);
        }
        while (!raw.line().isEmpty()) {
            // The other headers.
        }
        return raw;
    }

    private static RawSocket connect(Stack stack) {
        try {
            return new RawSocket(
                    new Socket(stack.origin().getHost(), stack.origin().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    /** Sends one whole message. What the server no longer takes is dropped. */
    void send(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        write(bytes);
    }

    void send(String text) {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes as they are, whether or not they are a frame. */
    void write(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (SocketException e) {
            // The server has closed; what it said before can still be read.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the server closes. The close code, or {@link #CUT}. */
    int awaitClose(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("The server keeps the socket open");
                }
                socket.setSoTimeout((int) left);
                int opcode = in.readUnsignedByte() & 15;
                byte[] payload = in.readNBytes(length());
                if (opcode == CLOSE) {
                    return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
                }
            }
        } catch (EOFException | SocketException e) {
            return CUT;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server keeps the socket open", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int length() throws IOException {
        int first = in.readUnsignedByte() & 127;
        if (first == 126) {
            return in.readUnsignedShort();
        }
        return first == 127 ? Math.toIntExact(in.readLong()) : first;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
