package com.eventuall.queue;

import com.eventuall.contracts.CloseCode;
import org.jspecify.annotations.Nullable;

/** A socket that hears nothing of what is sent to it, and remembers how it was closed. */
class TestSocket implements Subscriber {
    private final String userId;
    private final boolean moderator;

    volatile @Nullable CloseCode closed;

    TestSocket(String userId, boolean moderator) {
        this.userId = userId;
        this.moderator = moderator;
    }

    @Override
    public void send(byte[] frame) {}

    @Override
    public void close(CloseCode code) {
        closed = code;
    }

    @Override
    public String userId() {
        return userId;
    }

    @Override
    public String name() {
        return userId;
    }

    @Override
    public String role() {
        return moderator ? "moderator" : "participant";
    }

    @Override
    public boolean mayEdit() {
        return moderator;
    }
}
