package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Any;
import com.eventuall.yjs.lib0.Encoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shared list of values. */
public final class YArray {

    private final YList list;

    YArray(YType type) {
        list = new YList(type);
    }

    public int length() {
        return list.type.listLength;
    }

    /** Inserts plain values, of the kinds that {@link Any} lists. */
    public void insert(int index, @Nullable Object... values) {
        if (values.length > 0) {
            Encoder encoder = new Encoder(24 * values.length);
            for (Object value : values) {
                Any.write(encoder, value);
            }
            list.insert(index, new ContentAny(encoder.toByteArray(), values.length));
        }
    }

    /** Inserts a new, empty map and returns it. */
    public YMap insertMap(int index) {
        YType nested = YType.nested(YType.Kind.MAP, null);
        list.insert(index, new ContentType(nested));
        return new YMap(nested);
    }

    public void delete(int index, int length) {
        list.delete(index, length);
    }

    public List<@Nullable Object> toJson() {
        return Json.array(list.type);
    }
}
