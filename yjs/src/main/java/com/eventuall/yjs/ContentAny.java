package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Any;
import com.eventuall.yjs.lib0.Decoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Plain values, each kept in the bytes it came in, so that foreign numbers and objects are handed on exactly. */
final class ContentAny extends Content {

    static final int REF = 8;

    private byte[][] values;

    ContentAny(byte[]... values) {
        this.values = values;
    }

    @Nullable
    Object value(int index) {
        return Any.read(new Decoder(values[index]));
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    int length() {
        return values.length;
    }

    @Override
    ContentAny splice(int offset) {
        ContentAny right = new ContentAny(Arrays.copyOfRange(values, offset, values.length));
        values = Arrays.copyOf(values, offset);
        return right;
    }

    @Override
    boolean mergeWith(Content right) {
        values = concat(values, ((ContentAny) right).values);
        return true;
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeLength(values.length - offset);
        for (int i = offset; i < values.length; i++) {
            encoder.writeRaw(values[i]);
        }
    }

    static <T> T[] concat(T[] left, T[] right) {
        T[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
