package com.eventuall.presence.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/** WebSocket frames (RFC 6455), unmasked as servers send them, each a whole message. */
final class Frames {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int PING = 0x89;
    private static final int MAX_SHORT = 125;
    private static final int MAX_16_BIT = 0xFFFF;

    private Frames() {}

    /** A text frame in a pooled direct buffer; the caller owns it. */
    static ByteBuf text(byte[] utf8) {
        return frame(FINAL_TEXT, utf8);
    }

    /** A binary frame in a pooled direct buffer; the caller owns it. */
    static ByteBuf binary(byte[] payload) {
        return frame(FINAL_BINARY, payload);
    }

    static ByteBuf ping() {
        return frame(PING, new byte[0]);
    }

    private static ByteBuf frame(int first, byte[] payload) {
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(payload.length + 10);
        frame.writeByte(first);
        if (payload.length <= MAX_SHORT) {
            frame.writeByte(payload.length);
        } else if (payload.length <= MAX_16_BIT) {
            frame.writeByte(126).writeShort(payload.length);
        } else {
            frame.writeByte(127).writeLong(payload.length);
        }
        return frame.writeBytes(payload);
    }
}
