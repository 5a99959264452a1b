package com.eventuall.queue;

import com.eventuall.contracts.CloseCode;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.protocol.Message;
import org.jspecify.annotations.Nullable;

/** A browser on simulated lines. Keeps its document when it loses the connection, and edits on. */
final class SimulatedBrowser {

    private final Simulation simulation;
    private final String userId;
    private final boolean moderator;
    final Doc doc;
    final QueueDocument queue;
    private @Nullable Connection connection;
    private boolean applying;
    int denials;

    @Nullable
    CloseCode closed;

    SimulatedBrowser(Simulation simulation, String userId, boolean moderator) {
        this(simulation, userId, moderator, new Doc(() -> simulation.random.nextInt() & 0xffffffffL));
    }

    SimulatedBrowser(Simulation simulation, String userId, boolean moderator, Doc doc) {
        this.simulation = simulation;
        this.userId = userId;
        this.moderator = moderator;
        this.doc = doc;
        this.queue = new QueueDocument(doc);
        doc.onUpdate(update -> {
            if (!applying) {
                send(new Message.Update(update));
            }
        });
    }

    void connect(Room room, RoomLoop loop) {
        Connection opened = new Connection(room, loop);
        connection = opened;
        loop.execute(() -> room.open(opened));
        send(new Message.SyncStep1(doc.stateVector()));
    }

    boolean isConnected() {
        return connection != null;
    }

    /** The process at the other end is gone. */
    void leave(Room room) {
        if (connection != null && connection.room == room) {
            disconnect(false);
        }
    }

    /** @param told whether the server learns of it */
    void disconnect(boolean told) {
        Connection old = connection;
        connection = null;
        if (old != null) {
            old.up.cut();
            old.down.cut();
            if (told) {
                old.loop.execute(() -> old.room.close(old));
            }
        }
    }

    private void send(Message message) {
        Connection open = connection;
        if (open != null) {
            byte[] frame = message.encode();
            open.up.carry(() -> open.loop.execute(() -> open.room.receive(open, frame)));
        }
    }

    private void receive(Message message) {
        if (message instanceof Message.SyncStep1 step) {
            send(new Message.SyncStep2(doc.encodeStateAsUpdate(step.stateVector())));
        } else if (message instanceof Message.SyncStep2 step) {
            apply(step.update());
        } else if (message instanceof Message.Update update) {
            apply(update.update());
        } else if (message instanceof Message.PermissionDenied) {
            denials++;
        }
    }

    private void apply(byte[] update) {
        applying = true;
        doc.applyUpdate(update);
        applying = false;
    }

    /** The server's end. */
    private final class Connection extends TestSocket {
        private final Room room;
        private final RoomLoop loop;
        private final Simulation.Link up = simulation.new Link(60);
        private final Simulation.Link down = simulation.new Link(60);

        Connection(Room room, RoomLoop loop) {
            super(userId, moderator);
            this.room = room;
            this.loop = loop;
        }

        @Override
        public void send(byte[] frame) {
            down.carry(() -> receive(Message.decode(frame)));
        }

        @Override
        public void close(CloseCode code) {
            super.close(code);
            SimulatedBrowser.this.closed = code;
            if (connection == this) {
                disconnect(true);
            }
        }
    }
}
