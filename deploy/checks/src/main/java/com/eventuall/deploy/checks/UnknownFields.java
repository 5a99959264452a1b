package com.eventuall.deploy.checks;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a published model could not place: it keeps such fields in a map called {@code additionalProperties}. */
final class UnknownFields {
    private static final String KEPT = "additionalProperties";
    private final List<String> paths = new ArrayList<>();

    UnknownFields(Object model) {
        visit(model, "");
    }

    /** Their paths, as in {@code .spec.replica}. */
    List<String> paths() {
        return List.copyOf(paths);
    }

    private void visit(@Nullable Object value, String path) {
        if (value instanceof Collection<?> list) {
            int i = 0;
            for (Object item : list) {
                visit(item, path + "[" + i++ + "]");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> visit(item, path + "." + key));
        } else if (value != null && isModel(value.getClass())) {
            for (Class<?> type = value.getClass(); type != null && isModel(type); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    visit(value, field, path);
                }
            }
        }
    }

    private void visit(Object owner, Field field, String path) {
        if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
            return;
        }
        Object value = read(owner, field);
        if (field.getName().equals(KEPT)) {
            if (value instanceof Map<?, ?> kept) {
                kept.keySet().forEach(name -> paths.add(path + "." + name));
            }
        } else {
            visit(value, path + "." + field.getName());
        }
    }

    private static @Nullable Object read(Object owner, Field field) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isModel(Class<?> type) {
        return !type.isEnum()
                && (type.getName().startsWith("io.fabric8.") || type.getName().startsWith("io.strimzi."));
    }
}
