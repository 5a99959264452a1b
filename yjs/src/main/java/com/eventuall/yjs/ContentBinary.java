package com.eventuall.yjs;

/** A block of bytes. */
final class ContentBinary extends Content {

    static final int REF = 3;

    private final byte[] bytes;

    ContentBinary(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeBytes(bytes);
    }
}
