package com.eventuall.yjs.lib0;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lib0's encoding from a range of bytes. Every length is checked against the bytes that are left before anything
 * is allocated, so no read allocates more than the input's size.
 */
public final class Decoder {

    /** The largest integer that JavaScript's numbers hold exactly; nothing larger is ever written. */
    public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final int MAX_VAR_BYTES = 8;

    private final byte[] bytes;
    private final int end;
    private int position;

    public Decoder(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public Decoder(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /** @throws YjsFormatException if bytes are left */
    public void expectEnd() {
        if (position != end) {
            throw new YjsFormatException(remaining() + " bytes after the end");
        }
    }

    public int readUint8() {
        if (position >= end) {
            throw new YjsFormatException("unexpected end of input");
        }
        return bytes[position++] & 0xff;
    }

    /** An unsigned integer of at most 53 bits, seven bits a byte, lowest first. */
    public long readVarUint() {
        long value = 0;
        for (int i = 0; i < MAX_VAR_BYTES; i++) {
            int b = readUint8();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b < 0x80) {
                return checkSafe(value);
            }
        }
        throw new YjsFormatException("integer longer than " + MAX_VAR_BYTES + " bytes");
    }

    /** A signed integer; minus zero, which JavaScript knows, comes back as {@code -0.0}. */
    public Number readVarInt() {
        int first = readUint8();
        boolean negative = (first & 0x40) != 0;
        long value = first & 0x3f;
        boolean more = (first & 0x80) != 0;
        for (int i = 0; more; i++) {
            if (i == MAX_VAR_BYTES - 1) {
                throw new YjsFormatException("integer longer than " + MAX_VAR_BYTES + " bytes");
            }
            int b = readUint8();
            value |= (long) (b & 0x7f) << (6 + 7 * i);
            more = b >= 0x80;
        }
        checkSafe(value);
        if (negative && value == 0) {
            return -0.0;
        }
        return negative ? -value : value;
    }

    /** A count of things of which each takes at least {@code minimumBytes} of the input that is left. */
    public int readCount(int minimumBytes) {
        long count = readVarUint();
        if (count > remaining() / minimumBytes) {
            throw new YjsFormatException("count beyond the end of input");
        }
        return (int) count;
    }

    /** Bytes with their length in front, copied. */
    public byte[] readVarBytes() {
        int length = readCount(1);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /** A string of UTF-8 with its length in bytes in front; anything but valid UTF-8 is refused, as browsers do. */
    public String readVarString() {
        int length = readCount(1);
        int from = position;
        position += length;
        for (int i = from; i < position; i++) {
            if (bytes[i] < 0) {
                return decodeUtf8(from, length);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    /** Steps over {@code count} bytes. */
    public void skip(int count) {
        if (count > remaining()) {
            throw new YjsFormatException("unexpected end of input");
        }
        position += count;
    }

    /** What was read since {@code from}, a former {@link #position()}, copied. */
    public byte[] slice(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    private String decodeUtf8(int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new YjsFormatException("not UTF-8");
        }
    }

    private static long checkSafe(long value) {
        if (value > MAX_SAFE_INTEGER) {
            throw new YjsFormatException("integer beyond 53 bits");
        }
        return value;
    }
}
