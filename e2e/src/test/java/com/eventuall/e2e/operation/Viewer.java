package com.eventuall.e2e.operation;

import com.eventuall.e2e.RoomView;
import com.eventuall.e2e.Socket;
import com.eventuall.e2e.Stack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser that stays: whenever its socket is closed it opens another one at once, and remembers why. */
final class Viewer implements AutoCloseable {
    /** What stands for a connection that broke without a close frame. */
    static final int BROKEN = 1006;

    private final Stack stack;
    private final String url;
    private final String protocol;
    private final String pass;
    private final List<Integer> closeCodes = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private volatile Socket socket;

    /** @param what {@code presence} or {@code queue} */
    Viewer(Stack stack, String roomPath, String what, String pass) {
        this.stack = stack;
        this.url = stack.origin().toString().replaceFirst("^http", "ws") + roomPath + "/" + what;
        this.protocol = what + ".v1";
        this.pass = pass;
        this.socket = Socket.open(stack.http(), url, protocol, pass);
    }

    /** Opens another socket if this one is closed. Not to be called from two threads. */
    void stay() {
        if (!socket.isClosed()) {
            return;
        }
        try {
            Socket next = Socket.open(stack.http(), url, protocol, pass);
            closeCodes.add(closeCode(socket));
            socket = next;
        } catch (CompletionException refused) {
            refusals.add(String.valueOf(refused.getCause()));
        }
    }

    private static int closeCode(Socket closed) {
        try {
            return closed.awaitClose(Duration.ZERO);
        } catch (CompletionException broken) {
            return BROKEN;
        }
    }

    /** Why its sockets were closed so far. */
    List<Integer> closeCodes() {
        return List.copyOf(closeCodes);
    }

    /** Attempts to open a socket that did not succeed. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** What it sees now, by the versions that its present socket was sent without a gap. */
    RoomView view() {
        return RoomView.of(socket.messages());
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
