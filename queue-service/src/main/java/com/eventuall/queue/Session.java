package com.eventuall.queue;

import com.eventuall.contracts.CloseCode;
import com.eventuall.yjs.Updates;
import com.eventuall.yjs.lib0.YjsFormatException;
import com.eventuall.yjs.protocol.Message;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one socket. Participants read; whatever they send of the document is answered with a refusal and goes
 * nowhere, as a single update that is let fall would leave a gap in front of all later ones of that browser. Lives on the
 * room's thread.
 */
public final class Session {

    /** Larger frames are refused, but for the one in which a browser brings its whole document. */
    static final int MAX_FRAME = 128 << 10;

    private static final String READ_ONLY = "Only moderators may edit the queue";

    private final Room room;
    private final Subscriber subscriber;

    /** The newest question that waits for its answer. */
    private Message.@Nullable SyncStep1 asked;

    private boolean closed;

    Session(Room room, Subscriber subscriber) {
        this.room = room;
        this.subscriber = subscriber;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** The server opens: this is what I have, tell me the rest; and this is who is here. */
    void start() {
        subscriber.send(new Message.SyncStep1(room.document().doc().stateVector()).encode());
        byte @Nullable [] present = room.awareness().present();
        if (present != null) {
            subscriber.send(present);
        }
    }

    /** What still comes is not heard: it may be of a document that is not the room's any more. */
    void close(CloseCode code) {
        closed = true;
        subscriber.close(code);
    }

    /** A frame has come. One that is not understood closes this socket and touches nothing else. */
    void receive(byte[] frame) {
        if (closed) {
            return;
        }
        try {
            handle(Message.decode(frame), frame.length);
        } catch (YjsFormatException e) {
            close(CloseCode.INVALID_MESSAGE);
        }
    }

    private void handle(Message message, int length) {
        boolean wholeDocument = message instanceof Message.SyncStep2 && subscriber.mayEdit();
        if (length > (wholeDocument ? 2 * room.settings().maxDocumentBytes() : MAX_FRAME)) {
            close(CloseCode.MESSAGE_TOO_LARGE);
        } else if (message instanceof Message.SyncStep1 step) {
            answer(step);
        } else if (message instanceof Message.SyncStep2 step) {
            write(step.update());
        } else if (message instanceof Message.Update update) {
            write(update.update());
        } else if (message instanceof Message.Awareness awareness) {
            room.awareness().receive(subscriber, awareness.entries());
        } else if (message instanceof Message.QueryAwareness) {
            byte @Nullable [] present = room.awareness().present();
            if (present != null) {
                subscriber.send(present);
            }
        }
    }

    private void answer(Message.SyncStep1 step) {
        OptionalInt generation = Generation.of(step.stateVector());
        if (generation.isPresent() && generation.getAsInt() != room.scope().generation()) {
            if (subscriber.mayEdit() && room.replica().adoptGeneration(generation.getAsInt())) {
                room.whenReady(() -> answer(step));
            } else {
                close(CloseCode.DOCUMENT_REPLACED);
            }
            return;
        }
        boolean waiting = asked != null;
        asked = step;
        if (!waiting) {
            room.writer().whenDocumentIsDurable(this::answerAsked);
        }
    }

    private void answerAsked() {
        Message.SyncStep1 step = Objects.requireNonNull(asked);
        asked = null;
        byte[] update = room.document().doc().encodeStateAsUpdate(step.stateVector());
        subscriber.send(new Message.SyncStep2(update).encode());
    }

    private void write(byte[] update) {
        if (Updates.isEmpty(update) || room.document().doc().isKnown(update)) {
            return;
        }
        if (!subscriber.mayEdit()) {
            subscriber.send(new Message.PermissionDenied(READ_ONLY).encode());
        } else if (!room.write(update)) {
            close(CloseCode.TRY_LATER);
        }
    }
}
