package com.eventuall.yjs.protocol;

import com.eventuall.yjs.StateVector;
import com.eventuall.yjs.lib0.Decoder;
import com.eventuall.yjs.lib0.Encoder;
import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.ArrayList;
import java.util.List;

/** One frame between a provider and a server. */
public sealed interface Message {

    int SYNC = 0;
    int AWARENESS = 1;
    int AUTH = 2;
    int QUERY_AWARENESS = 3;

    int STEP_1 = 0;
    int STEP_2 = 1;
    int UPDATE = 2;

    int PERMISSION_DENIED = 0;

    /** "This is what I have"; the answer is a {@link SyncStep2} with the rest. */
    record SyncStep1(StateVector stateVector) implements Message {
        @Override
        public byte[] encode() {
            return sync(STEP_1, stateVector.encode());
        }
    }

    /** What the asker lacked. The update inside is not checked yet. */
    record SyncStep2(byte[] update) implements Message {
        @Override
        public byte[] encode() {
            return sync(STEP_2, update);
        }
    }

    /** A change, as it happens. The update inside is not checked yet. */
    record Update(byte[] update) implements Message {
        @Override
        public byte[] encode() {
            return sync(UPDATE, update);
        }
    }

    /** New states of some sessions. */
    record Awareness(List<AwarenessEntry> entries) implements Message {
        public Awareness {
            entries = List.copyOf(entries);
        }

        @Override
        public byte[] encode() {
            Encoder inner = new Encoder();
            inner.writeVarUint(entries.size());
            for (AwarenessEntry entry : entries) {
                inner.writeVarUint(entry.client());
                inner.writeVarUint(entry.clock());
                inner.writeVarString(entry.state());
            }
            Encoder encoder = new Encoder();
            encoder.writeVarUint(AWARENESS);
            encoder.writeVarBytes(inner.toByteArray());
            return encoder.toByteArray();
        }
    }

    /** Asks for the states of all sessions. */
    record QueryAwareness() implements Message {
        @Override
        public byte[] encode() {
            return new byte[] {QUERY_AWARENESS};
        }
    }

    /** The server's refusal of what the client sent. */
    record PermissionDenied(String reason) implements Message {
        @Override
        public byte[] encode() {
            Encoder encoder = new Encoder();
            encoder.writeVarUint(AUTH);
            encoder.writeVarUint(PERMISSION_DENIED);
            encoder.writeVarString(reason);
            return encoder.toByteArray();
        }
    }

    byte[] encode();

    /** @throws YjsFormatException if the frame is none of the above, or not complete, or longer */
    static Message decode(byte[] frame) {
        Decoder decoder = new Decoder(frame);
        long type = decoder.readVarUint();
        Message message;
        if (type == SYNC) {
            message = decodeSync(decoder);
        } else if (type == AWARENESS) {
            message = decodeAwareness(new Decoder(decoder.readVarBytes()));
        } else if (type == AUTH && decoder.readVarUint() == PERMISSION_DENIED) {
            message = new PermissionDenied(decoder.readVarString());
        } else if (type == QUERY_AWARENESS) {
            message = new QueryAwareness();
        } else {
            throw new YjsFormatException("unknown message type");
        }
        decoder.expectEnd();
        return message;
    }

    private static Message decodeSync(Decoder decoder) {
        long step = decoder.readVarUint();
        byte[] payload = decoder.readVarBytes();
        if (step == STEP_1) {
            return new SyncStep1(StateVector.decode(payload));
        } else if (step == STEP_2) {
            return new SyncStep2(payload);
        } else if (step == UPDATE) {
            return new Update(payload);
        }
        throw new YjsFormatException("unknown sync step");
    }

    private static Awareness decodeAwareness(Decoder decoder) {
        int count = decoder.readCount(3);
        List<AwarenessEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new AwarenessEntry(decoder.readVarUint(), decoder.readVarUint(), decoder.readVarString()));
        }
        decoder.expectEnd();
        return new Awareness(entries);
    }

    private static byte[] sync(int step, byte[] payload) {
        Encoder encoder = new Encoder(payload.length + 8);
        encoder.writeVarUint(SYNC);
        encoder.writeVarUint(step);
        encoder.writeVarBytes(payload);
        return encoder.toByteArray();
    }
}
