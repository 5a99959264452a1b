package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Any;
import java.util.Arrays;
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
            byte[][] encoded = Arrays.stream(values).map(Any::encode).toArray(byte[][]::new);
            list.insert(index, new ContentAny(encoded));
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
