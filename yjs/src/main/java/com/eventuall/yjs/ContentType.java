package com.eventuall.yjs;

/** A shared type inside another one. Whatever is deleted with it goes with it, and so does what arrives later. */
final class ContentType extends Content {

    static final int REF = 7;

    private final YType type;

    ContentType(YType type) {
        this.type = type;
    }

    YType type() {
        return type;
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    void integrate(Transaction transaction, Item item) {
        type.integrate(transaction.doc, item);
    }

    @Override
    void delete(Transaction transaction) {
        transaction.cascade(() -> {
            for (Item item = type.start; item != null; item = item.right) {
                deleteChild(transaction, item);
            }
            type.map.values().forEach(item -> deleteChild(transaction, item));
        });
    }

    /** One that was deleted before will be garbage only now and is not in this delete set: it must be merged by hand. */
    private static void deleteChild(Transaction transaction, Item item) {
        if (!item.deleted()) {
            item.delete(transaction);
        } else if (item.clock < transaction.beforeState(item.client)) {
            transaction.mergeLater(item);
        }
    }

    @Override
    void gc(Transaction transaction) {
        transaction.cascade(() -> {
            for (Item item = type.start; item != null; item = item.right) {
                item.gc(transaction, true);
            }
            type.start = null;
            for (Item last : type.map.values()) {
                for (Item item = last; item != null; item = item.left) {
                    item.gc(transaction, true);
                }
            }
            type.map.clear();
        });
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        type.write(encoder);
    }
}
