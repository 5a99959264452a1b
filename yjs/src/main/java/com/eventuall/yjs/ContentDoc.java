package com.eventuall.yjs;

/** A reference to another document: its guid and its options, carried and not read. */
final class ContentDoc extends Content {

    static final int REF = 9;

    private final String guid;
    private final byte[] options;

    /** @param options an {@code any} value in its bytes */
    ContentDoc(String guid, byte[] options) {
        this.guid = guid;
        this.options = options;
    }

    String guid() {
        return guid;
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeString(guid);
        encoder.writeRaw(options);
    }
}
