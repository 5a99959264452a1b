package com.eventuall.yjs.lib0;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Self-describing values: one tag byte (116 to 127), then the value.
 *
 * <table>
 * <caption>JavaScript and Java</caption>
 * <tr><td>undefined, null</td><td>{@link #UNDEFINED}, {@code null}</td></tr>
 * <tr><td>number</td><td>{@link Long} or {@link Double} (any {@link Number} is written)</td></tr>
 * <tr><td>bigint</td><td>{@link BigInteger} of 64 bits</td></tr>
 * <tr><td>boolean, string</td><td>{@link Boolean}, {@link String}</td></tr>
 * <tr><td>object, array, Uint8Array</td><td>{@link Map}, {@link List}, {@code byte[]}</td></tr>
 * </table>
 */
public final class Any {

    /** JavaScript's {@code undefined}, which is not {@code null}. */
    public static final Object UNDEFINED = new Object() {
        @Override
        public String toString() {
            return "undefined";
        }
    };

    /** Deeper values are refused: no honest value comes near, and reading follows the sender's nesting. */
    static final int MAX_DEPTH = 100;

    private static final int BYTES = 116;
    private static final int ARRAY = 117;
    private static final int OBJECT = 118;
    private static final int STRING = 119;
    private static final int TRUE = 120;
    private static final int FALSE = 121;
    private static final int BIGINT = 122;
    private static final int FLOAT64 = 123;
    private static final int FLOAT32 = 124;
    private static final int INTEGER = 125;
    private static final int NULL = 126;
    private static final int UNDEFINED_TAG = 127;

    private Any() {}

    /** The bytes of the next value, checked and copied but not turned into objects: so that it is written back exactly. */
    public static byte[] readRaw(Decoder decoder) {
        int from = decoder.position();
        skip(decoder);
        return decoder.slice(from);
    }

    /** Checks the next value and steps over it. */
    public static void skip(Decoder decoder) {
        read(decoder, 0);
    }

    public static @Nullable Object read(Decoder decoder) {
        return read(decoder, 0);
    }

    private static @Nullable Object read(Decoder decoder, int depth) {
        if (depth > MAX_DEPTH) {
            throw new YjsFormatException("value nested deeper than " + MAX_DEPTH);
        }
        int tag = decoder.readUint8();
        return switch (tag) {
            case UNDEFINED_TAG -> UNDEFINED;
            case NULL -> null;
            case INTEGER -> decoder.readVarInt();
            case FLOAT32 -> (double) Float.intBitsToFloat((int) readBigEndian(decoder, 4));
            case FLOAT64 -> Double.longBitsToDouble(readBigEndian(decoder, 8));
            case BIGINT -> BigInteger.valueOf(readBigEndian(decoder, 8));
            case FALSE -> Boolean.FALSE;
            case TRUE -> Boolean.TRUE;
            case STRING -> decoder.readVarString();
            case OBJECT -> readObject(decoder, depth);
            case ARRAY -> readArray(decoder, depth);
            case BYTES -> decoder.readVarBytes();
            default -> throw new YjsFormatException("unknown value tag " + tag);
        };
    }

    private static Map<String, @Nullable Object> readObject(Decoder decoder, int depth) {
        int size = decoder.readCount(2);
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            object.put(decoder.readVarString(), read(decoder, depth + 1));
        }
        return object;
    }

    private static List<@Nullable Object> readArray(Decoder decoder, int depth) {
        int size = decoder.readCount(1);
        List<@Nullable Object> array = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            array.add(read(decoder, depth + 1));
        }
        return array;
    }

    /** The value's bytes, tag included. */
    public static byte[] encode(@Nullable Object value) {
        Encoder encoder = new Encoder(24);
        write(encoder, value);
        return encoder.toByteArray();
    }

    /** @throws IllegalArgumentException for a value that has no form here */
    public static void write(Encoder encoder, @Nullable Object value) {
        if (value == null) {
            encoder.writeUint8(NULL);
        } else if (value == UNDEFINED) {
            encoder.writeUint8(UNDEFINED_TAG);
        } else if (value instanceof String string) {
            encoder.writeUint8(STRING);
            encoder.writeVarString(string);
        } else if (value instanceof Boolean bool) {
            encoder.writeUint8(bool ? TRUE : FALSE);
        } else if (value instanceof BigInteger big) {
            encoder.writeUint8(BIGINT);
            encoder.writeBigEndian(big.longValueExact(), 8);
        } else if (value instanceof Number number) {
            writeNumber(encoder, number.doubleValue());
        } else if (value instanceof byte[] bytes) {
            encoder.writeUint8(BYTES);
            encoder.writeVarBytes(bytes);
        } else {
            writeContainer(encoder, value);
        }
    }

    private static void writeContainer(Encoder encoder, Object value) {
        if (value instanceof List<?> list) {
            encoder.writeUint8(ARRAY);
            encoder.writeVarUint(list.size());
            list.forEach(element -> write(encoder, element));
        } else if (value instanceof Map<?, ?> map) {
            encoder.writeUint8(OBJECT);
            encoder.writeVarUint(map.size());
            map.forEach((key, element) -> {
                encoder.writeVarString((String) key);
                write(encoder, element);
            });
        } else {
            throw new IllegalArgumentException("no Yjs value: " + value.getClass());
        }
    }

    private static void writeNumber(Encoder encoder, double number) {
        if (number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
            boolean negative = number < 0 || (number == 0 && 1 / number < 0);
            encoder.writeUint8(INTEGER);
            encoder.writeVarInt(Math.abs((long) number), negative);
        } else if ((float) number == number) {
            encoder.writeUint8(FLOAT32);
            encoder.writeBigEndian(Float.floatToIntBits((float) number), 4);
        } else {
            encoder.writeUint8(FLOAT64);
            encoder.writeBigEndian(Double.doubleToLongBits(number), 8);
        }
    }

    private static long readBigEndian(Decoder decoder, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | decoder.readUint8();
        }
        return value;
    }
}
