package com.eventuall.yjs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shared type: a list of items and, beside it, a map from key to the item that holds the key's newest value. What the
 * two mean depends on the kind; {@link YMap}, {@link YArray} and {@link YText} are the views of one.
 */
final class YType implements Parent {

    /** What a nested type is, in the order of its numbers on the wire. A root has no kind: whoever opens it decides. */
    enum Kind {
        ARRAY,
        MAP,
        TEXT,
        XML_ELEMENT,
        XML_FRAGMENT,
        XML_HOOK,
        XML_TEXT;

        private static final Kind[] KINDS = values();

        /** Whether the kind is followed by a name: a tag's or a hook's. */
        boolean named() {
            return this == XML_ELEMENT || this == XML_HOOK;
        }

        static @Nullable Kind of(long ref) {
            return ref < KINDS.length ? KINDS[(int) ref] : null;
        }
    }

    final @Nullable Kind kind;

    /** The root's name, or that of an XML element or hook. */
    private final @Nullable String name;

    /** In order of insertion, as in JavaScript, so that merging visits items in the same order. */
    final Map<String, Item> map = new LinkedHashMap<>(4);

    @Nullable
    Item start;

    /** Countable units that are not deleted. */
    int listLength;

    private @Nullable Doc doc;
    private @Nullable Item item;

    private YType(@Nullable Kind kind, @Nullable String name) {
        this.kind = kind;
        this.name = name;
    }

    static YType root(Doc doc, String name) {
        YType type = new YType(null, name);
        type.doc = doc;
        return type;
    }

    static YType nested(Kind kind, @Nullable String name) {
        return new YType(kind, name);
    }

    void integrate(Doc owner, Item holder) {
        doc = owner;
        item = holder;
    }

    /** The document this lives in; an error before it was integrated. */
    Doc doc() {
        if (doc == null) {
            throw new IllegalStateException("not part of a document yet");
        }
        return doc;
    }

    /** The item that holds this type, or null for a root. */
    @Nullable
    Item item() {
        return item;
    }

    boolean deleted() {
        return item != null && item.deleted();
    }

    /** The leftmost item of a key's chain, or of the list if {@code key} is null. */
    @Nullable
    Item first(@Nullable String key) {
        if (key == null) {
            return start;
        }
        Item first = map.get(key);
        while (first != null && first.left != null) {
            first = first.left;
        }
        return first;
    }

    /** How an item says that this is its parent. */
    void writeAsParent(UpdateEncoder encoder) {
        if (item != null) {
            encoder.writeParent(item.client, item.clock);
        } else {
            encoder.writeParent(Objects.requireNonNull(name));
        }
    }

    /** The type itself, as content. */
    void write(UpdateEncoder encoder) {
        if (kind == null) {
            throw new IllegalStateException("a root type is no content");
        }
        encoder.writeTypeRef(kind.ordinal());
        if (name != null) {
            encoder.writeString(name);
        }
    }
}
