package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link Item} holds. Contents of one length unit ({@link #length()} = 1) are neither split nor merged; strings,
 * arrays of values and deleted runs are both.
 */
abstract sealed class Content
        permits ContentAny,
                ContentBinary,
                ContentDeleted,
                ContentDoc,
                ContentEmbed,
                ContentFormat,
                ContentJson,
                ContentString,
                ContentType {

    /** The number that says on the wire which content follows. */
    abstract int ref();

    int length() {
        return 1;
    }

    /** Whether it counts in its parent's length: marks and deleted runs do not. */
    boolean countable() {
        return true;
    }

    /** Cuts this down to {@code offset} units and returns the rest. */
    Content splice(int offset) {
        throw new IllegalStateException(getClass() + " has one unit only");
    }

    /**
     * What holds both, or null if these two stay apart. Neither is used any more if there is one.
     *
     * @param right of the same class
     */
    @Nullable
    Content mergedWith(Content right) {
        return null;
    }

    /** The item that holds this has just found its place. */
    void integrate(Transaction transaction, Item item) {}

    /** The item that holds this has just been deleted. */
    void delete(Transaction transaction) {}

    /** The item that holds this is about to lose it. */
    void gc(Transaction transaction) {}

    abstract void write(UpdateEncoder encoder, int offset);
}
