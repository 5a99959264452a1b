package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Any;
import com.eventuall.yjs.lib0.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain values, kept in the bytes they came in, so that foreign numbers and objects are handed on exactly. */
final class ContentAny extends Content {

    static final int REF = 8;

    private byte[] bytes;
    private int count;

    /** @param bytes so many values, one after the other */
    ContentAny(byte[] bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    @Nullable
    Object value(int index) {
        return Any.read(from(index));
    }

    List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>();
        Decoder decoder = from(0);
        for (int i = 0; i < count; i++) {
            values.add(Any.read(decoder));
        }
        return values;
    }

    private Decoder from(int index) {
        Decoder decoder = new Decoder(bytes);
        for (int i = 0; i < index; i++) {
            Any.skip(decoder);
        }
        return decoder;
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    int length() {
        return count;
    }

    @Override
    ContentAny splice(int offset) {
        int end = from(offset).position();
        ContentAny right = new ContentAny(Arrays.copyOfRange(bytes, end, bytes.length), count - offset);
        bytes = Arrays.copyOf(bytes, end);
        count = offset;
        return right;
    }

    @Override
    ContentAny mergedWith(Content right) {
        ContentAny more = (ContentAny) right;
        byte[] both = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
        System.arraycopy(more.bytes, 0, both, bytes.length, more.bytes.length);
        return new ContentAny(both, count + more.count);
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeLength(count - offset);
        int begin = from(offset).position();
        encoder.writeRaw(begin == 0 ? bytes : Arrays.copyOfRange(bytes, begin, bytes.length));
    }
}
