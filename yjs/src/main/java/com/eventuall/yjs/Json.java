package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Any;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shared types as plain Java maps, lists and strings. Works level by level, not by recursion, since the document's
 * authors choose its depth. XML and sub-documents, which have no plain form, become {@link Any#UNDEFINED}.
 */
final class Json {

    private final Deque<Runnable> unfilled = new ArrayDeque<>();

    private Json() {}

    static Map<String, @Nullable Object> map(YType type) {
        Json json = new Json();
        Map<String, @Nullable Object> map = json.newMap(type);
        json.fillAll();
        return map;
    }

    static List<@Nullable Object> array(YType type) {
        Json json = new Json();
        List<@Nullable Object> array = json.newArray(type);
        json.fillAll();
        return array;
    }

    static String text(YType type) {
        StringBuilder text = new StringBuilder();
        for (Item item = type.start; item != null; item = item.right) {
            if (!item.deleted() && item.content instanceof ContentString string) {
                text.append(string.text());
            }
        }
        return text.toString();
    }

    /** One unit of a content that holds plain values, else null. JSON texts of old clients stay texts. */
    static @Nullable Object plainValue(Content content, int index) {
        if (content instanceof ContentAny any) {
            return any.value(index);
        } else if (content instanceof ContentJson json) {
            return json.text(index);
        } else if (content instanceof ContentString string) {
            return String.valueOf(string.text().charAt(index));
        } else if (content instanceof ContentBinary binary) {
            return binary.bytes();
        }
        return null;
    }

    private void fillAll() {
        for (Runnable next = unfilled.poll(); next != null; next = unfilled.poll()) {
            next.run();
        }
    }

    private Map<String, @Nullable Object> newMap(YType type) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        unfilled.add(() -> new TreeMap<>(type.map).forEach((key, item) -> {
            if (!item.deleted()) {
                map.put(key, value(item.content, item.length() - 1));
            }
        }));
        return map;
    }

    private List<@Nullable Object> newArray(YType type) {
        List<@Nullable Object> array = new ArrayList<>();
        unfilled.add(() -> {
            for (Item item = YList.visible(type.start); item != null; item = YList.visible(item.right)) {
                addValues(array, item);
            }
        });
        return array;
    }

    private void addValues(List<@Nullable Object> array, Item item) {
        if (item.content instanceof ContentAny any) {
            array.addAll(any.values());
        } else {
            for (int i = 0; i < item.length(); i++) {
                array.add(value(item.content, i));
            }
        }
    }

    private @Nullable Object value(Content content, int index) {
        if (content instanceof ContentType nested && nested.type().kind != null) {
            YType type = nested.type();
            return switch (nested.type().kind) {
                case MAP -> newMap(type);
                case ARRAY -> newArray(type);
                case TEXT -> text(type);
                case XML_ELEMENT, XML_FRAGMENT, XML_HOOK, XML_TEXT -> Any.UNDEFINED;
            };
        }
        return content instanceof ContentDoc ? Any.UNDEFINED : plainValue(content, index);
    }
}
