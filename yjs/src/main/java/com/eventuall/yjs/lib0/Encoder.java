package com.eventuall.yjs.lib0;

import java.util.Arrays;

/** Writes lib0's encoding into a growing buffer; the counterpart of {@link Decoder}. */
public final class Encoder {

    private byte[] buffer;
    private int length;

    public Encoder() {
        this(64);
    }

    public Encoder(int capacity) {
        buffer = new byte[capacity];
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    public void writeUint8(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    /** @param value from 0 to {@link Decoder#MAX_SAFE_INTEGER} */
    public void writeVarUint(long value) {
        ensure(9);
        long rest = value;
        while (rest > 0x7f) {
            buffer[length++] = (byte) (0x80 | (rest & 0x7f));
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    /** @param negative the sign apart, since minus zero is a value of its own */
    public void writeVarInt(long magnitude, boolean negative) {
        ensure(9);
        long rest = magnitude >>> 6;
        buffer[length++] = (byte) ((rest > 0 ? 0x80 : 0) | (negative ? 0x40 : 0) | (magnitude & 0x3f));
        while (rest > 0) {
            buffer[length++] = (byte) ((rest > 0x7f ? 0x80 : 0) | (rest & 0x7f));
            rest >>>= 7;
        }
    }

    public void writeBytes(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    public void writeVarBytes(byte[] bytes) {
        writeVarUint(bytes.length);
        writeBytes(bytes);
    }

    /** UTF-8 with its length in bytes in front; half a surrogate pair becomes U+FFFD, as in browsers. */
    public void writeVarString(String string) {
        writeVarUint(utf8Length(string));
        ensure(3 * string.length());
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < 0x80) {
                buffer[length++] = (byte) c;
            } else if (isPairAt(string, i)) {
                writeUtf8(Character.toCodePoint(c, string.charAt(++i)));
            } else {
                writeUtf8(Character.isSurrogate(c) ? 0xfffd : c);
            }
        }
    }

    /** The low {@code count} bytes of {@code value}, highest first. */
    public void writeBigEndian(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            writeUint8((int) (value >>> (8 * i)));
        }
    }

    private void writeUtf8(int codePoint) {
        ensure(4);
        if (codePoint < 0x800) {
            buffer[length++] = (byte) (0xc0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                buffer[length++] = (byte) (0xe0 | codePoint >> 12);
            } else {
                buffer[length++] = (byte) (0xf0 | codePoint >> 18);
                buffer[length++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
            }
            buffer[length++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
        }
        buffer[length++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private static int utf8Length(String string) {
        int bytes = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (isPairAt(string, i)) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    private static boolean isPairAt(String string, int i) {
        return Character.isHighSurrogate(string.charAt(i))
                && i + 1 < string.length()
                && Character.isLowSurrogate(string.charAt(i + 1));
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
