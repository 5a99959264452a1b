package com.eventuall.sandbox;

/** Thrown by an operation that the vendor would refuse; carries the vendor's own error answer. */
public class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    public Refusal(Reply reply) {
        super("refused with status " + reply.status(), null, false, false);
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
