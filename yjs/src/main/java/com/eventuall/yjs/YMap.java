package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Any;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A shared map. Of two values set at the same time for one key, the one of the higher client id stays. Its keys have no
 * order of their own: what {@link #keys()} gives is sorted, so that replicas agree.
 */
public final class YMap {

    private final YType type;

    YMap(YType type) {
        this.type = type;
    }

    /** Sets a plain value, of the kinds that {@link Any} lists. */
    public void set(String key, @Nullable Object value) {
        put(key, new ContentAny(Any.encode(value), 1));
    }

    /** Sets the key to a new, empty map and returns it. */
    public YMap setMap(String key) {
        return new YMap(putType(key, YType.Kind.MAP));
    }

    public YArray setArray(String key) {
        return new YArray(putType(key, YType.Kind.ARRAY));
    }

    public YText setText(String key) {
        return new YText(putType(key, YType.Kind.TEXT));
    }

    /** Deletes the key, and with a nested type everything in it, also what arrives for it later. */
    public void delete(String key) {
        Item item = live(key);
        if (item != null) {
            type.doc().transact(item::delete);
        }
    }

    public boolean has(String key) {
        return live(key) != null;
    }

    /** The plain value of a key; null if there is none, or a nested type. */
    public @Nullable Object get(String key) {
        Item item = live(key);
        return item == null ? null : Json.plainValue(item.content, item.length() - 1);
    }

    /** The nested map of a key; null if its value is something else. */
    public @Nullable YMap getMap(String key) {
        Item item = live(key);
        if (item != null && item.content instanceof ContentType content && content.type().kind == YType.Kind.MAP) {
            return new YMap(content.type());
        }
        return null;
    }

    /** Who set the value that the key has now: the same on every replica. Null if it has none. */
    public @Nullable Id id(String key) {
        Item item = live(key);
        return item == null ? null : item.lastId();
    }

    /** The keys that have a value, sorted by UTF-16 units. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        type.map.forEach((key, item) -> {
            if (!item.deleted()) {
                keys.add(key);
            }
        });
        return keys;
    }

    public Map<String, @Nullable Object> toJson() {
        return Json.map(type);
    }

    private @Nullable Item live(String key) {
        Item item = type.map.get(key);
        return item == null || item.deleted() ? null : item;
    }

    private YType putType(String key, YType.Kind kind) {
        YType nested = YType.nested(kind, null);
        put(key, new ContentType(nested));
        return nested;
    }

    private void put(String key, Content content) {
        Doc doc = type.doc();
        doc.transact(transaction -> {
            Item left = type.map.get(key);
            Id id = new Id(doc.clientId(), doc.store.state(doc.clientId()));
            new Item(id, left == null ? null : left.lastId(), null, type, key, content).integrate(transaction);
        });
    }
}
