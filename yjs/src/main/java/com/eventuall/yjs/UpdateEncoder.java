package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Encoder;

/** Writes the parts of an update in format 1, which has no state of its own. */
final class UpdateEncoder {

    final Encoder rest = new Encoder(256);

    void writeInfo(int info) {
        rest.writeUint8(info);
    }

    void writeId(Id id) {
        rest.writeVarUint(id.client());
        rest.writeVarUint(id.clock());
    }

    void writeParent(String rootName) {
        rest.writeVarUint(1);
        rest.writeVarString(rootName);
    }

    void writeParent(long client, long clock) {
        rest.writeVarUint(0);
        rest.writeVarUint(client);
        rest.writeVarUint(clock);
    }

    void writeString(String string) {
        rest.writeVarString(string);
    }

    void writeTypeRef(int ref) {
        rest.writeVarUint(ref);
    }

    void writeLength(int length) {
        rest.writeVarUint(length);
    }

    void writeBytes(byte[] bytes) {
        rest.writeVarBytes(bytes);
    }

    void writeRaw(byte[] bytes) {
        rest.writeBytes(bytes);
    }

    byte[] toByteArray() {
        return rest.toByteArray();
    }
}
